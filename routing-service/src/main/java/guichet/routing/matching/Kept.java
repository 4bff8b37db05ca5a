package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The engine's state as it lies in stores, and back. */
final class Kept {

    private Kept() {}

    static KeptContact of(ContactState state) {
        Happening.Queued queued = state.queued();
        Duration estimate = state.estimatedWait();
        KeptContact.Builder kept =
                KeptContact.newBuilder()
                        .setLanguage(queued.language().tag())
                        .setChannel(queued.channel().name())
                        .setPriority(queued.priority().name())
                        .setQueuedAt(queued.queuedAt())
                        .setFirstDue(queued.due())
                        .setDue(state.due())
                        .setHeadStartMillis(queued.headStart().toMillis())
                        .setPreferredAgent(queued.preferredAgent())
                        .setReservedUntil(state.reservedUntil())
                        .setEstimatedWaitMillis(estimate == null ? null : estimate.toMillis())
                        .setOffers(state.offers())
                        .setPassedBy(state.passedBy())
                        .setPauses(
                                state.pausedUntil().entrySet().stream()
                                        .map(it -> new KeptPause(it.getKey(), it.getValue()))
                                        .toList())
                        .setWaitingSince(state.waitingSince())
                        .setReturned(state.returned());
        return switch (state.stage()) {
            case ContactState.Stage.Waiting() -> kept.setStage(KeptStage.WAITING).build();
            case ContactState.Stage.Offered(String agentId, Instant expiresAt) ->
                    kept.setStage(KeptStage.OFFERED)
                            .setAgentId(agentId)
                            .setExpiresAt(expiresAt)
                            .build();
            case ContactState.Stage.Assigned(String agentId) ->
                    kept.setStage(KeptStage.ASSIGNED).setAgentId(agentId).build();
            case ContactState.Stage.Answered(String agentId) ->
                    kept.setStage(KeptStage.ANSWERED).setAgentId(agentId).build();
        };
    }

    static ContactState contact(String contactId, KeptContact kept) {
        Map<String, Instant> pauses = new TreeMap<>();
        kept.getPauses().forEach(pause -> pauses.put(pause.getAgentId(), pause.getUntil()));
        Instant waitingSince = kept.getWaitingSince();
        return new ContactState(
                new Happening.Queued(
                        contactId,
                        language(kept.getLanguage()),
                        Channel.valueOf(kept.getChannel()),
                        Priority.valueOf(kept.getPriority()),
                        kept.getQueuedAt(),
                        kept.getFirstDue(),
                        Duration.ofMillis(kept.getHeadStartMillis()),
                        kept.getPreferredAgent()),
                kept.getDue(),
                kept.getReservedUntil(),
                millis(kept.getEstimatedWaitMillis()),
                kept.getOffers(),
                kept.getPassedBy(),
                pauses,
                waitingSince == null ? kept.getQueuedAt() : waitingSince,
                kept.getReturned(),
                stage(kept));
    }

    private static ContactState.Stage stage(KeptContact kept) {
        return switch (kept.getStage()) {
            case WAITING -> new ContactState.Stage.Waiting();
            case OFFERED ->
                    new ContactState.Stage.Offered(
                            Objects.requireNonNull(kept.getAgentId()),
                            Objects.requireNonNull(kept.getExpiresAt()));
            case ASSIGNED ->
                    new ContactState.Stage.Assigned(Objects.requireNonNull(kept.getAgentId()));
            case ANSWERED ->
                    new ContactState.Stage.Answered(Objects.requireNonNull(kept.getAgentId()));
        };
    }

    static KeptAgent of(AgentState state) {
        Map<String, Integer> capacity = new TreeMap<>();
        state.status().capacity().forEach((channel, room) -> capacity.put(channel.name(), room));
        return KeptAgent.newBuilder()
                .setPresence(state.presence().name())
                .setLanguages(state.status().languages().stream().map(Language::tag).toList())
                .setCapacity(capacity)
                .setIdleSince(state.idleSince())
                .setMissed(state.missed())
                .setClosed(
                        state.closed().stream()
                                .map(it -> new KeptOffer(it.offerId(), it.refusal().name()))
                                .toList())
                .build();
    }

    static AgentState agent(String agentId, KeptAgent kept) {
        Map<Channel, Integer> capacity = new EnumMap<>(Channel.class);
        kept.getCapacity().forEach((channel, room) -> capacity.put(Channel.valueOf(channel), room));
        List<AgentState.ClosedOffer> closed =
                kept.getClosed().stream()
                        .map(
                                it ->
                                        new AgentState.ClosedOffer(
                                                it.getOfferId(),
                                                Decision.Refusal.valueOf(it.getRefusal())))
                        .toList();
        return new AgentState(
                new Happening.StatusChanged(
                        agentId,
                        Presence.valueOf(kept.getPresence()),
                        kept.getLanguages().stream().map(Kept::language).toList(),
                        capacity),
                kept.getIdleSince(),
                kept.getMissed(),
                closed);
    }

    static KeptQueue of(QueueState state) {
        return KeptQueue.newBuilder()
                .setCoverageSince(state.coverageSince())
                .setOpenToFurtherLanguages(state.openToFurtherLanguages())
                .setLastAssignedAt(state.lastAssignedAt())
                .setPaceMillis(state.pace().toMillis())
                .build();
    }

    /** The key of a queue, which names it. */
    static String key(QueueState state) {
        return state.language().tag() + " " + state.channel().name();
    }

    static QueueState queue(String key, KeptQueue kept) {
        int space = key.indexOf(' ');
        return new QueueState(
                language(key.substring(0, space)),
                Channel.valueOf(key.substring(space + 1)),
                kept.getCoverageSince(),
                kept.getOpenToFurtherLanguages(),
                kept.getLastAssignedAt(),
                Duration.ofMillis(kept.getPaceMillis()));
    }

    private static Language language(String tag) {
        return Language.ofTag(tag).orElseThrow();
    }

    private static @Nullable Duration millis(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
