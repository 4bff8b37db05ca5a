package guichet.localstack.console;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.events.Channel;
import guichet.events.ChatStarted;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactOffered;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.ConvertedConversationEnded;
import guichet.events.Customer;
import guichet.events.Impact;
import guichet.events.OfferExpired;
import guichet.events.Origin;
import guichet.events.Plan;
import guichet.events.Presence;
import guichet.events.PresenceSet;
import guichet.events.Priority;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketCreated;
import guichet.schemas.DeadLetter;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

class NarratorTest {

    private static final String ID = "0d6bbaa9-7e5b-5ed8-9c22-000000000001";
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final LineFormat format = new LineFormat(false, ZoneOffset.UTC);
    private final Narrator narrator = new Narrator(format);

    @Test
    void saysInWhichQueueAContactWaitsAndUntilWhen() {
        var event =
                ContactQueued.newBuilder()
                        .setContactId(ID)
                        .setQueuedAt(NOON)
                        .setChannel(Channel.CHAT)
                        .setLanguage("pt")
                        .setPlan(Plan.BASIC)
                        .setPriority(Priority.HIGH)
                        .setDue(NOON.plusSeconds(8))
                        .setPolicyVersion("p1")
                        .build();

        assertThat(told(event))
                .isEqualTo("12:00:00  0d6bbaa9  chat queued in pt as HIGH, due at 12:00:08");
    }

    @Test
    void namesTheDayOfADueThatIsNotToday() {
        var event =
                ContactQueued.newBuilder()
                        .setContactId(ID)
                        .setQueuedAt(NOON)
                        .setChannel(Channel.WEB)
                        .setLanguage("pt")
                        .setPlan(Plan.BASIC)
                        .setPriority(Priority.HIGH)
                        .setDue(NOON.plus(Duration.ofDays(1)))
                        .setPolicyVersion("p1")
                        .build();

        assertThat(told(event)).containsPattern("due at \\w{3} \\d+ \\w{3} 12:00:00$");
    }

    @Test
    void saysThatAnOutOfScopeTicketHasNoTarget() {
        var event =
                ContactQueued.newBuilder()
                        .setContactId(ID)
                        .setQueuedAt(NOON)
                        .setChannel(Channel.WEB)
                        .setLanguage("es")
                        .setPriority(Priority.LOW)
                        .setOutOfScope(true)
                        .setPolicyVersion("p1")
                        .build();

        assertThat(told(event)).endsWith("ticket queued in es as LOW, without a target");
    }

    @Test
    void saysToWhomAContactIsOfferedAndWhatBecomesOfIt() {
        var offer =
                ContactOffered.newBuilder()
                        .setContactId(ID)
                        .setOfferId("offer")
                        .setAgentId("agent-pt-1")
                        .setOfferedAt(NOON)
                        .setExpiresAt(NOON.plusSeconds(3))
                        .setPolicyVersion("p1")
                        .build();

        assertThat(told(offer)).isEqualTo("12:00:00  0d6bbaa9  offered to agent-pt-1 for 3.0 s");
        assertThat(told(new OfferExpired(ID, "offer", "agent-pt-1", NOON)))
                .endsWith("agent-pt-1 lets the offer pass");
        assertThat(told(new ContactReleased(ID, "agent-pt-1", NOON, "declined")))
                .endsWith("leaves agent-pt-1: declined");
        assertThat(told(new ContactAssigned(ID, "offer", "agent-pt-1", NOON)))
                .endsWith("taken by agent-pt-1");
    }

    @Test
    void saysOnceThatAContactLeavesTheQueueOrIsOver() {
        assertThat(told(new ContactReleased(ID, null, NOON, "withdrawn")))
                .endsWith("leaves the queue: withdrawn");
        assertThat(narrator.tell(new ContactReleased(ID, "agent-pt-1", NOON, "ended"))).isEmpty();
    }

    @Test
    void saysWhenAnAgentComesIsSetAwayAndGoes() {
        assertThat(told(status(Presence.AVAILABLE)))
                .isEqualTo("12:00:00            agent-pt-1 is available in pt, es");
        assertThat(told(new PresenceSet("agent-pt-1", NOON, Presence.AWAY, "2 offers let pass")))
                .endsWith("agent-pt-1 is set away: 2 offers let pass");
        assertThat(told(status(Presence.OFFLINE))).endsWith("agent-pt-1 is offline");
        assertThat(narrator.tell(new AgentSeen("agent-pt-1", NOON))).isEmpty();
    }

    @Test
    void saysHowMuchTimeWasToSpare() {
        var event =
                ResponseMet.newBuilder()
                        .setContactId(ID)
                        .setAnsweredAt(NOON)
                        .setDue(NOON.plusMillis(4_140))
                        .setChannel(Channel.PHONE)
                        .setLanguage("en")
                        .setAgentId("agent-en-1")
                        .setOpenMillisUsed(1_860)
                        .setPolicyVersion("p1")
                        .build();

        assertThat(told(event)).endsWith("MET: call in en answered with 4.1 s to spare");
    }

    @Test
    void warnsOfAResponseThatIsDueSoon() {
        var event =
                ResponseDueSoon.newBuilder()
                        .setContactId(ID)
                        .setWarnedAt(NOON)
                        .setDue(NOON.plusSeconds(180))
                        .setChannel(Channel.CHAT)
                        .setLanguage("es")
                        .setPolicyVersion("p1")
                        .build();

        assertThat(told(event)).endsWith("DUE SOON: chat in es, 3 min left");
    }

    @Test
    void tellsABreachAtTheInstantThatPassed() {
        var event =
                ResponseBreached.newBuilder()
                        .setContactId(ID)
                        .setDue(NOON)
                        .setChannel(Channel.WEB)
                        .setLanguage("pt")
                        .setOpenMillisAllowed(15_000)
                        .setPolicyVersion("p1")
                        .build();

        assertThat(told(event))
                .isEqualTo(
                        "12:00:00  0d6bbaa9  BREACHED: no response to the ticket in pt by 12:00:00");
    }

    @Test
    void saysWhichTicketAConversationBecame() {
        var event =
                ContactConverted.newBuilder()
                        .setContactId(ID)
                        .setTicketId("c150ed29-7e5b-5ed8-9c22-000000000002")
                        .setChannel(Channel.CHAT)
                        .setLanguage("es")
                        .setAgentId("agent-es-1")
                        .setAnsweredAt(NOON)
                        .setConvertedAt(NOON.plusSeconds(20))
                        .setPolicyVersion("p1")
                        .build();

        assertThat(told(event))
                .endsWith("CONVERTED: chat in es becomes ticket c150ed29 after 20.0 s");
    }

    @Test
    void saysHowLongAConversationWentOnBesideItsTicket() {
        var event =
                ConvertedConversationEnded.newBuilder()
                        .setContactId(ID)
                        .setTicketId("c150ed29-7e5b-5ed8-9c22-000000000002")
                        .setChannel(Channel.PHONE)
                        .setAgentId("agent-es-1")
                        .setConvertedAt(NOON)
                        .setEndedAt(NOON.plusSeconds(4))
                        .setMillisAfterConversion(4_000)
                        .build();

        assertThat(told(event))
                .isEqualTo("12:00:04  0d6bbaa9  the call behind ticket c150ed29 went on for 4.0 s");
    }

    @Test
    void saysWhereAConvertedTicketComesFrom() {
        var event =
                ticket().setConvertedFrom(
                                Origin.newBuilder()
                                        .setContactId("811b01b0-7e5b-5ed8-9c22-000000000003")
                                        .setChannel(Channel.CHAT)
                                        .build())
                        .build();

        assertThat(told(event)).endsWith("ticket opened from chat 811b01b0");
    }

    @Test
    void saysNothingOfTheCustomer() {
        var chat =
                ChatStarted.newBuilder()
                        .setContactId(ID)
                        .setStartedAt(NOON)
                        .setCustomer(customer())
                        .setImpact(Impact.HIGH)
                        .setQuestion("secret question")
                        .setSite("secret.example")
                        .build();

        assertThat(List.of(told(chat), told(ticket().build())))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void leavesAFirstDueToTheLineThatQueuesTheContact() {
        var event =
                ResponseDueChanged.newBuilder()
                        .setContactId(ID)
                        .setChangedAt(NOON)
                        .setChannel(Channel.WEB)
                        .setLanguage("en")
                        .setDue(NOON.plusSeconds(15))
                        .setOpenMillis(15_000)
                        .setPolicyVersion("p1");

        assertThat(narrator.tell(event.build())).isEmpty();
        assertThat(told(event.setPreviousDue(NOON.plusSeconds(5)).build()))
                .endsWith("due moved from 12:00:05 to 12:00:15");
    }

    @Test
    void saysWhereADeadLetterComesFromAndWhatIsWrongWithIt() {
        var letter =
                new DeadLetter("support.chats", 2, 41, "routing-service", "no wire format\nat …");

        assertThat(format.text(narrator.tell(letter, NOON)))
                .endsWith("DEAD LETTER from support.chats 2@41: no wire format");
    }

    @Test
    void paintsWordsWhereColoursAreWanted() {
        var line = new Line(NOON, Kind.BREACHED, ID, "BREACHED");

        assertThat(new LineFormat(true, ZoneOffset.UTC).text(line))
                .isEqualTo("12:00:00  0d6bbaa9  \u001b[31mBREACHED\u001b[0m");
    }

    private String told(SpecificRecord event) {
        return format.text(narrator.tell(event).orElseThrow());
    }

    private static AgentStatusChanged status(Presence presence) {
        return new AgentStatusChanged("agent-pt-1", NOON, presence, List.of("pt", "es"), List.of());
    }

    private static TicketCreated.Builder ticket() {
        return TicketCreated.newBuilder()
                .setContactId(ID)
                .setCreatedAt(NOON)
                .setCustomer(customer())
                .setSubject("secret subject")
                .setDescription("secret description");
    }

    private static Customer customer() {
        return Customer.newBuilder()
                .setCustomerId("secret-id")
                .setName("secret name")
                .setEmail("secret@site.example")
                .build();
    }
}
