package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.ResponseBreached;
import guichet.events.ResponseMet;
import guichet.events.TicketAnswered;
import guichet.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a monitor had fired and could not commit is rolled back and fires again, once. */
@OnTheWholeDesk
abstract class FencedProducerTest {

    private final WholeDesk.Running desk;

    FencedProducerTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @Test
    @ResourceLock(value = TogetherTest.PROMPT_MONITOR, mode = ResourceAccessMode.READ)
    void everyTicketHasOneOutcomeThoughTheMonitorsTransactionsAreCutOff() throws Exception {
        List<String> answered = new ArrayList<>();
        List<String> unanswered = new ArrayList<>();
        Instant lastDue = Instant.EPOCH;
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", desk.desk().bootstrapServers()))) {
            for (int i = 0; i < 20; i++) {
                Customers.Reply ticket = desk.customers().ticket("agency");
                lastDue = Instant.parse(ticket.body().get("respondBy").asString());
                if (i % 2 == 0) {
                    // At once: a busy desk takes longer for all of them than one has.
                    answer(ticket.id());
                    answered.add(ticket.id());
                } else {
                    unanswered.add(ticket.id());
                }
                if (i % 10 == 0) {
                    // What an answer makes is cut off as well.
                    fenceTheMonitor(admin);
                }
            }
            Instant fencedUntil = lastDue.plusSeconds(2);
            await("the due instants pass")
                    .atMost(LONG_ENOUGH)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(
                            () -> {
                                fenceTheMonitor(admin);
                                return System.currentTimeMillis() > fencedUntil.toEpochMilli();
                            });
        }

        Stream.concat(answered.stream(), unanswered.stream()).forEach(this::awaitOutcome);
        String later = desk.customers().ticket("agency").id();
        answer(later);
        awaitOutcome(later);
        assertThat(answered)
                .allSatisfy(
                        id ->
                                assertThat(desk.log().outcomes(id))
                                        .hasExactlyElementsOfTypes(ResponseMet.class));
        assertThat(unanswered)
                .allSatisfy(
                        id ->
                                assertThat(desk.log().outcomes(id))
                                        .hasExactlyElementsOfTypes(ResponseBreached.class));
    }

    private static void fenceTheMonitor(Admin admin) throws Exception {
        List<String> transactions =
                admin.listTransactions().all().get().stream()
                        .map(TransactionListing::transactionalId)
                        .filter(id -> id.startsWith("sla-monitor-service-"))
                        .toList();
        assertThat(transactions).isNotEmpty();
        admin.fenceProducers(transactions).all().get();
    }

    private void answer(String contactId) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        desk.agents().publish(Topics.TICKETS, new TicketAnswered(contactId, now, "agent-1"), now);
    }

    private void awaitOutcome(String contactId) {
        await().atMost(LONG_ENOUGH).until(() -> !desk.log().outcomes(contactId).isEmpty());
    }
}
