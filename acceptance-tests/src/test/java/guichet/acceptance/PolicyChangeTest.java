package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.acceptance.DeskProcesses.Part;
import guichet.events.ChatAnswered;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseMet;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A monitor that comes back with another policy file times anew those who wait, and only them. */
@Execution(ExecutionMode.CONCURRENT)
class PolicyChangeTest {

    @Test
    void openContactsAreTimedAnewWithNoSecondBreachAndNoFalseOne() throws Exception {
        Path data = DeskProcesses.temporaryData();
        // The chat's time is longer than a busy machine takes to end one monitor and start another:
        // else it ran out before.
        String before = policy(data, "before", "5 minutes", "90 seconds", "2 seconds");
        String after = policy(data, "after", "10 seconds", "10 minutes", "10 minutes");
        try (DeskProcesses desk =
                        DeskProcesses.start(
                                data, 1, before, Part.BROKER, Part.INTAKE, Part.SLA_MONITOR);
                AgentTools agents = new AgentTools(desk.bootstrapServers(), desk.registryUrl());
                DeskLog log = new DeskLog(desk.bootstrapServers(), desk.registryUrl())) {
            Customers customers = desk.doors().getFirst();
            Customers.Reply call = ask(customers, "/api/callbacks");
            awaitOutcome(log, call);
            Customers.Reply ticket = ask(customers, "/api/tickets");
            Customers.Reply chat = ask(customers, "/api/chats");
            awaitDueChanges(log, ticket, 1);
            awaitDueChanges(log, chat, 1);

            desk.stop(Part.SLA_MONITOR);
            desk.set("guichet.policy", after);
            desk.start(Part.SLA_MONITOR);

            Instant dueOfTicket = awaitTimedAnew(log, ticket, after);
            assertThat(dueOfTicket).isBefore(due(ticket));
            Instant dueOfChat = awaitTimedAnew(log, chat, after);
            assertThat(dueOfChat).isAfter(due(chat));

            awaitOutcome(log, ticket);
            assertThat(log.of(ticket.id(), ResponseBreached.class))
                    .extracting(ResponseBreached::getDue)
                    .containsExactly(dueOfTicket);
            await("the chat's first due instant passes")
                    .atMost(LONG_ENOUGH)
                    .until(() -> Instant.now().isAfter(due(chat).plusSeconds(2)));
            answer(agents, chat);
            awaitOutcome(log, chat);
            assertThat(log.outcomes(chat.id())).hasExactlyElementsOfTypes(ResponseMet.class);
            assertThat(log.outcomes(call.id())).hasExactlyElementsOfTypes(ResponseBreached.class);
            assertThat(log.of(call.id(), ResponseDueChanged.class)).hasSize(1);
        }
    }

    private static Instant awaitTimedAnew(DeskLog log, Customers.Reply contact, String policy) {
        awaitDueChanges(log, contact, 2);
        ResponseDueChanged changed = log.of(contact.id(), ResponseDueChanged.class).getLast();
        assertThat(changed.getPreviousDue()).isEqualTo(due(contact));
        assertThat(changed.getReasons())
                .startsWith("the policy is now " + SupportPolicy.load(policy).version());
        return changed.getDue();
    }

    private static void awaitDueChanges(DeskLog log, Customers.Reply contact, int count) {
        await().atMost(LONG_ENOUGH)
                .until(() -> log.of(contact.id(), ResponseDueChanged.class).size() == count);
    }

    private static void awaitOutcome(DeskLog log, Customers.Reply contact) {
        await().atMost(LONG_ENOUGH).until(() -> !log.outcomes(contact.id()).isEmpty());
    }

    private static Instant due(Customers.Reply contact) {
        return Instant.parse(contact.body().get("respondBy").asString());
    }

    private static void answer(AgentTools agents, Customers.Reply chat) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        agents.publish(Topics.CHATS, new ChatAnswered(chat.id(), now, "agent-1"), now);
    }

    private static Customers.Reply ask(Customers customers, String path) {
        return customers.post(
                path,
                "basic",
                UUID.randomUUID().toString(),
                switch (path) {
                    case "/api/tickets" ->
                            Map.of(
                                    "impact",
                                    "LOW",
                                    "language",
                                    "en",
                                    "description",
                                    "How do I add a page?");
                    case "/api/chats" ->
                            Map.of("language", "en", "question", "How do I add a page?");
                    default ->
                            Map.of(
                                    "language",
                                    "en",
                                    "phoneNumber",
                                    "+14155552671",
                                    "question",
                                    "How do I add a page?");
                });
    }

    /** A file with targets of its own; returns its URI. */
    private static String policy(Path folder, String name, String web, String chat, String phone)
            throws IOException {
        String text =
                """
                based-on: demo
                targets:
                  - {row: T1, channels: [web], within: %s}
                  - {row: T2, channels: [chat], within: %s}
                  - {row: T3, channels: [phone], within: %s}
                """
                        .formatted(web, chat, phone);
        return Files.writeString(folder.resolve(name + ".yaml"), text).toUri().toString();
    }
}
