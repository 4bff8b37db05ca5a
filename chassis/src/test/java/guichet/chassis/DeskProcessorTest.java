package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.events.ChatAnswered;
import guichet.events.ContactReleased;
import guichet.schemas.DeadLetter;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class DeskProcessorTest {

    private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");
    private static final Instant EARLIER = NOON.minusSeconds(60);
    private static final Instant LATER = NOON.plusSeconds(60);

    private final DeskDriver desk =
            new DeskDriver(
                    new DeskTopology(
                            "echo-service",
                            Topics.CHANNEL_TOPICS,
                            List.of(Topics.assignments("en")),
                            Deadlines.stores("timers"),
                            Echo::new),
                    NOON);

    /**
     * Answers each event with a release of the same contact a minute before, and a minute later.
     */
    private static final class Echo implements DeskTask {

        private final Context context;
        private final Deadlines timers;

        Echo(Context context) {
            this.context = context;
            this.timers = context.deadlines("timers", this::reached);
        }

        @Override
        public void on(SpecificRecord event) {
            ChatAnswered answered = (ChatAnswered) event;
            if (answered.getContactId().equals("a defect")) {
                throw new ArithmeticException("long overflow");
            }
            release(answered.getContactId(), EARLIER);
            timers.schedule(answered.getContactId(), "later", LATER);
        }

        private void reached(Deadline deadline) {
            if (deadline.owner().equals("a late defect")) {
                throw new ArithmeticException("long overflow");
            }
            release(deadline.owner(), deadline.due());
        }

        private void release(String contactId, Instant when) {
            context.emit(
                    Topics.assignments("en"),
                    new ContactReleased(contactId, null, when, "echo"),
                    when);
        }
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void writesEventsUnderTheirIdAtTheTimeTheyHappenedWithCloudEventsHeaders() {
        desk.read(Topics.CHATS, answered("c-1"));

        TestRecord<String, SpecificRecord> written =
                desk.records(Topics.assignments("en")).getFirst();
        assertThat(written.key()).isEqualTo("c-1");
        assertThat(written.getRecordTime()).isEqualTo(EARLIER);
        assertThat(written.headers())
                .extracting(Header::key)
                .contains("ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion");
    }

    @Test
    void buriesBytesThatAreNotAvroWithTheirOriginAndGoesOn() {
        byte[] value = "{\"contactId\":\"c-1\"}".getBytes(UTF_8);

        desk.readBytes(Topics.CHATS, "c-1".getBytes(UTF_8), value);
        desk.read(Topics.CHATS, answered("c-2"));

        TestRecord<byte[], byte[]> buried = desk.deadLetters().getFirst();
        assertThat(buried.key()).isEqualTo("c-1".getBytes(UTF_8));
        assertThat(buried.value()).isEqualTo(value);
        DeadLetter letter = DeadLetter.of(buried.headers());
        assertThat(letter.topic()).isEqualTo("support.chats");
        assertThat(letter.offset()).isZero();
        assertThat(letter.service()).isEqualTo("echo-service");
        assertThat(letter.reason()).isNotBlank();
        assertThat(desk.written(Topics.assignments("en"))).hasSize(1);
    }

    @Test
    void buriesARecordWhoseSchemaIsUnknown() {
        desk.readBytes(Topics.TICKETS, "c-1".getBytes(UTF_8), new byte[] {0, 0x7f, 0, 0, 1, 2, 3});

        assertThat(desk.deadLetters())
                .extracting(letter -> DeadLetter.of(letter.headers()).reason())
                .singleElement()
                .asString()
                .contains("2130706433");
    }

    @Test
    void buriesAnEventThatStandsOnTheWrongTopic() {
        desk.read(Topics.CALLBACKS, answered("c-1"));

        assertThat(desk.deadLetters())
                .extracting(letter -> DeadLetter.of(letter.headers()).reason())
                .containsExactly(
                        "guichet.events.ChatAnswered does not belong on support.callbacks");
    }

    @Test
    void buriesTheStartOfARecordThatIsTooLargeToBeAnEvent() {
        desk.readBytes(Topics.CHATS, "c-1".getBytes(UTF_8), new byte[2_000_000]);

        TestRecord<byte[], byte[]> buried = desk.deadLetters().getFirst();
        assertThat(buried.value()).hasSizeLessThan(500_000);
        assertThat(DeadLetter.of(buried.headers()).reason()).contains("2000000 bytes");
    }

    @Test
    void buriesARecordWithoutKeyOrValue() {
        desk.readBytes(Topics.CHATS, null, new byte[] {1});
        desk.readBytes(Topics.CHATS, "c-1".getBytes(UTF_8), null);

        assertThat(desk.deadLetters()).hasSize(2);
    }

    @Test
    void buriesAnEventThatItsServiceFailsOnAndGoesOn() {
        desk.read(Topics.CHATS, answered("a defect"));
        desk.read(Topics.CHATS, answered("c-2"));

        assertThat(desk.deadLetters())
                .extracting(letter -> DeadLetter.of(letter.headers()).reason())
                .singleElement()
                .asString()
                .contains("ArithmeticException");
        assertThat(desk.written(Topics.assignments("en"))).hasSize(1);
    }

    @Test
    void aLineAboutAFailureBearsTheContactAndItsTraceAndNotTheMessage() {
        Logger log = (Logger) LoggerFactory.getLogger(RunningTask.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);

        desk.read(
                Topics.CHATS,
                answered("a defect"),
                "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1111111111111111-01");

        log.detachAppender(lines);
        ILoggingEvent line = lines.list.getFirst();
        assertThat(line.getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly("contact.id=a defect", "trace.id=" + "a".repeat(32));
        assertThat(line.getThrowableProxy().getMessage())
                .isEqualTo("java.lang.ArithmeticException");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(said -> said.contains("overflow"));
    }

    @Test
    void countsDeadLettersByTheTopicThatTheyComeFromBeginningAtNone() {
        assertThat(deadLettersFrom("support.tickets")).isZero();

        desk.readBytes(Topics.TICKETS, null, new byte[] {1});
        desk.read(Topics.CHATS, answered("a defect"));
        desk.read(Topics.CHATS, answered("c-2"));

        assertThat(deadLettersFrom("support.tickets")).isOne();
        assertThat(deadLettersFrom("support.chats")).isOne();
        assertThat(deadLettersFrom("support.callbacks")).isZero();
    }

    @Test
    void countsTheTimersThatItsServiceFailsOnAndFiresTheOthers() {
        desk.read(Topics.CHATS, answered("a late defect"));
        desk.read(Topics.CHATS, answered("c-2"));
        assertThat(failedTimers()).isZero();

        desk.advance(Duration.ofMinutes(2));

        assertThat(failedTimers()).isOne();
        assertThat(desk.records(Topics.assignments("en")))
                .filteredOn(record -> record.getRecordTime().equals(LATER))
                .extracting(TestRecord::key)
                .containsExactly("c-2");
    }

    private double failedTimers() {
        return desk.meters().get("guichet.deadline.failures").counter().count();
    }

    private double deadLettersFrom(String topic) {
        return desk.meters().get("guichet.dead.letters").tag("topic", topic).counter().count();
    }

    private static ChatAnswered answered(String contactId) {
        return new ChatAnswered(contactId, NOON, "agent-1");
    }
}
