package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.ChatEnded;
import guichet.events.ContactQueued;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseMet;

import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What docs/channels.md says is so: for a channel that knows nothing but what stands there. */
@OnTheWholeDesk
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChannelContractTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "^`(?<record>\\w+)` on `(?<topic>[a-z.]+)`.*?```json\n(?<event>.*?)```",
                    Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern REASON =
            Pattern.compile("^\\| `(?<reason>[^`]+)` \\| ", Pattern.MULTILINE);

    private static final String CHATS = "support.chats";
    private static final String NEGATIVE_ID = "There is no schema id";
    private static final String UNKNOWN_RECORD = "There is no generated class";
    private static final String BLANK_ID = "it needs 1 to 200";
    private static final String FOREIGN_KEY = "must be the same";

    /** Of a defect that nobody knows how to bring about. */
    private static final String DEFECT = "the service failed on it";

    private record Example(String topic, String record, ObjectNode event) {}

    private final WholeDesk.Running desk;
    private ExampleChannel channel;
    private String page;

    ChannelContractTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @BeforeAll
    void open() throws IOException {
        page = Files.readString(Path.of("..", "docs", "channels.md"));
        channel = openChannel();
    }

    @AfterAll
    void close() {
        channel.close();
    }

    @Test
    @ResourceLock(value = TogetherTest.SPANISH_CHATS, mode = ResourceAccessMode.READ)
    void everyExampleIsTaken() throws Exception {
        List<Example> examples = examples();

        assertThat(examples)
                .extracting(Example::record)
                .containsExactly("TicketCreated", "ChatStarted", "CallbackRequested", "ChatEnded");
        for (Example example : examples) {
            say(example);
            String id = id(example);
            await().atMost(LONG_ENOUGH)
                    .untilAsserted(
                            () -> {
                                assertThat(desk.log().of(id, ContactQueued.class)).hasSize(1);
                                assertThat(desk.log().of(id, ResponseDueChanged.class)).hasSize(1);
                            });
        }
        assertThat(desk.log().of("messenger-118", ChatEnded.class)).hasSize(1);
        assertThat(desk.log().of("messenger-118", ContactQueued.class).getFirst().getLanguage())
                .isEqualTo("es");
        assertThat(buried(id -> examples.stream().anyMatch(it -> id(it).equals(id)))).isEmpty();
    }

    @Test
    @ResourceLock(value = TogetherTest.SPANISH_CHATS, mode = ResourceAccessMode.READ)
    void aContactThatIsBegunTwiceIsOne() throws Exception {
        Example chat = examples().get(1);
        chat.event().put("contactId", "twice-" + UUID.randomUUID());

        say(chat);
        say(chat);
        channel.send(
                CHATS,
                id(chat),
                channel.framed(
                        CHATS,
                        new GenericRecordBuilder(channel.schema("ChatAnswered"))
                                .set("contactId", id(chat))
                                .set("answeredAt", System.currentTimeMillis())
                                .set("agentId", "agent-1")
                                .build()),
                Instant.now());
        Instant inTheLog = Instant.now();
        // It lies behind the repetition.
        await().atMost(LONG_ENOUGH).until(() -> desk.log().outcomes(id(chat)).size() == 1);
        Instant due = desk.log().of(id(chat), ResponseDueChanged.class).getFirst().getDue();
        if (inTheLog.isBefore(due)) {
            assertThat(desk.log().outcomes(id(chat))).hasExactlyElementsOfTypes(ResponseMet.class);
        }

        assertThat(desk.log().of(id(chat), ResponseDueChanged.class)).hasSize(1);
        await().atMost(LONG_ENOUGH)
                .until(() -> desk.log().of(id(chat), ContactQueued.class).size() == 1);
    }

    @Test
    void everyReasonOfADeadLetterStandsInTheTable() {
        Set<String> tested =
                Stream.concat(
                                Arrays.stream(DeadLetterTest.Spoilt.values())
                                        .map(DeadLetterTest.Spoilt::reason),
                                Stream.of(
                                        NEGATIVE_ID, UNKNOWN_RECORD, BLANK_ID, FOREIGN_KEY, DEFECT))
                        .collect(Collectors.toCollection(TreeSet::new));

        Set<String> written =
                REASON.matcher(page.substring(page.indexOf("| reason has in it")))
                        .results()
                        .map(row -> row.group("reason"))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written).isEqualTo(tested);
    }

    @Test
    void aNegativeSchemaIdIsBuriedWithItsReason() throws Exception {
        String key = "negative-" + UUID.randomUUID();

        channel.send(CHATS, key, new byte[] {0, -1, -1, -1, -1, 1, 2}, Instant.now());

        isBuried(key, NEGATIVE_ID);
    }

    @Test
    void aRecordThatTheDeskDoesNotHaveIsBuriedWithItsReason() throws Exception {
        String key = "unknown-" + UUID.randomUUID();
        var schema =
                SchemaBuilder.record("ChatPaused")
                        .namespace("guichet.events")
                        .fields()
                        .requiredString("contactId")
                        .endRecord();
        var paused = new GenericRecordBuilder(schema).set("contactId", key).build();

        channel.send(CHATS, key, channel.framed(CHATS, paused), Instant.now());

        isBuried(key, UNKNOWN_RECORD);
    }

    @Test
    void aContactIdThatIsTooLongIsBuriedWithItsReason() throws Exception {
        String key = "long-" + UUID.randomUUID() + "x".repeat(200);

        channel.send(CHATS, key, ended(key), Instant.now());

        isBuried(key, BLANK_ID);
    }

    @Test
    void aRecordWithoutAKeyIsBuriedWithItsReason() throws Exception {
        String id = "keyless-" + UUID.randomUUID();

        channel.send(CHATS, null, ended(id), Instant.now());

        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(desk.log().buried())
                                        .anyMatch(
                                                grave ->
                                                        new String(grave.value(), UTF_8)
                                                                        .contains(id)
                                                                && grave.letter()
                                                                        .reason()
                                                                        .contains(FOREIGN_KEY)));
    }

    /** By a channel of its own: what is sent in one batch with it is refused as well. */
    @Test
    void aRecordThatIsStampedFarAheadIsRefusedByTheBroker() throws IOException {
        String id = "ahead-" + UUID.randomUUID();
        Instant ahead = Instant.now().plus(Duration.ofHours(2));

        try (ExampleChannel hasty = openChannel()) {
            assertThatThrownBy(() -> hasty.send(CHATS, id, ended(id), ahead))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InvalidTimestampException.class);
        }
    }

    private ExampleChannel openChannel() throws IOException {
        return new ExampleChannel(desk.desk().bootstrapServers(), desk.desk().registryUrl());
    }

    private byte[] ended(String id) {
        return channel.framed(
                CHATS,
                new GenericRecordBuilder(channel.schema("ChatEnded"))
                        .set("contactId", id)
                        .set("endedAt", System.currentTimeMillis())
                        .build());
    }

    /** As having happened now: the demo desk's targets are seconds. */
    private void say(Example example) throws ExecutionException {
        ObjectNode event = example.event();
        event.put(
                event.propertyNames().stream().skip(1).findFirst().orElseThrow(),
                Instant.now().toString());
        channel.say(example.topic(), example.record(), example.event(), Instant.now());
    }

    private void isBuried(String key, String reason) {
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(buried(key::equals)).isNotEmpty());
        assertThat(buried(key::equals))
                .allSatisfy(grave -> assertThat(grave.letter().reason()).contains(reason));
    }

    private List<DeskLog.Buried> buried(Predicate<String> keys) {
        return desk.log().buried().stream()
                .filter(grave -> grave.key() != null && keys.test(new String(grave.key(), UTF_8)))
                .toList();
    }

    /** The page's. */
    private List<Example> examples() {
        return EXAMPLE.matcher(page).results().map(ChannelContractTest::example).toList();
    }

    private static Example example(MatchResult found) {
        ObjectNode event = (ObjectNode) JSON.readTree(found.group("event"));
        return new Example(found.group("topic"), found.group("record"), event);
    }

    private static String id(Example example) {
        JsonNode id = example.event().get("contactId");
        return id.stringValue();
    }
}
