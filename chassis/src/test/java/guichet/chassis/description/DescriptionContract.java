package guichet.chassis.description;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.description.DescribedDoor.Reply;
import guichet.chassis.description.DescribedDoor.Twist;
import guichet.chassis.description.DoorDescription.Operation;
import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.Tokens;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is true of the description of any door: the service is called by it. */
public abstract class DescriptionContract {

    private static final Twist AS_IT_IS = request -> request;

    private final String committed;
    private final int forms;
    private final int writes;

    /** As the controllers and {@code openapi.yaml} beside the test have it. */
    protected DoorDescription description;

    /** The running service. */
    protected DescribedDoor door;

    /**
     * @param committed the description's file in {@code docs}
     * @param forms how many endpoints read fields
     * @param writes how many endpoints write to the log
     */
    protected DescriptionContract(String committed, int forms, int writes) {
        this.committed = committed;
        this.forms = forms;
        this.writes = writes;
    }

    /**
     * To be called before each test.
     *
     * @param found what springdoc found in the controllers
     * @param pathParameters as {@link DescribedDoor} takes them
     */
    protected void describe(byte[] found, URI address, Map<String, String> pathParameters)
            throws IOException {
        try (InputStream written = getClass().getResourceAsStream("openapi.yaml")) {
            description = DoorDescription.of(found, written);
        }
        door = new DescribedDoor(description, address, pathParameters);
    }

    /** What the service writes to. */
    protected abstract InMemoryEventLog log();

    /** What a call needs beyond what the description calls required. */
    protected String query(Operation operation) {
        return "";
    }

    /** The endpoints whose answers end. */
    protected List<Operation> calls() {
        return description.operations();
    }

    @Test
    protected void isCommittedAsControllersAndHandHaveIt() {
        CommittedFile.inDocs(committed).mustSay(description.document());
    }

    @Test
    protected void isServedToAnyone() throws IOException {
        Operation itself = description.operation("GET", "/api/openapi");

        assertThat(call(itself, Optional.empty()).text())
                .isEqualTo(Files.readString(Path.of("..", "docs", committed)));
    }

    @Test
    protected void namesEveryFieldThatIsReadAndNoOther() {
        assertThat(door.forms()).hasSize(forms);
        for (Operation form : door.forms()) {
            assertThat(door.fields(form, token(form)))
                    .as("%s", form)
                    .isEqualTo(DescribedDoor.described(form));
        }
    }

    @Test
    protected void givesExamplesThatAreTakenAndAnsweredAsItSays() {
        for (Operation operation : calls()) {
            for (Reply reply : goodCalls(operation)) {
                assertThat(reply.status())
                        .as("%s: %s", operation, reply.text())
                        .isEqualTo(operation.welcome());
            }
        }
    }

    @Test
    protected void givesLimitsThatHold() {
        for (Operation form : withBody()) {
            door.overLimits(form)
                    .forEach(
                            (field, body) -> {
                                Reply reply = send(form, body, AS_IT_IS);
                                assertThat(reply.status()).as("%s %s", form, field).isEqualTo(400);
                                assertThat(reply.text()).contains("\"field\":\"" + field);
                            });
        }
    }

    @Test
    protected void saysHowCallersWhoMayNotAreRefused() {
        for (Operation operation : description.operations()) {
            assertThat(call(operation, Optional.of("not.a.token")).status()).isEqualTo(401);
            if (!operation.isOpen()) {
                assertThat(call(operation, Optional.empty()).status()).isEqualTo(401);
            }
            if (!operation.scopes().isEmpty()) {
                assertThat(call(operation, Optional.of(Tokens.withScope("channel"))).status())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    protected void saysHowBodiesThatCannotBeTakenAreRefused() {
        String huge = "{\"x\": \"%s\"}".formatted("x".repeat(600_000));
        for (Operation form : withBody()) {
            assertThat(send(form, huge, AS_IT_IS).status()).isEqualTo(413);
            assertThat(send(form, "no JSON", AS_IT_IS).status()).isEqualTo(400);
        }
        assertThat(withBody().stream().filter(it -> it.statuses().contains(415)))
                .isNotEmpty()
                .allSatisfy(
                        form ->
                                assertThat(
                                                send(
                                                                form,
                                                                Map.of(),
                                                                header(
                                                                        "Content-Type",
                                                                        "text/plain"))
                                                        .status())
                                        .isEqualTo(415));
    }

    @Test
    protected void saysWhoCannotReadTheAnswer() {
        for (Operation operation : calls()) {
            if (operation.statuses().contains(406)) {
                Reply reply = send(operation, example(operation), header("Accept", "image/png"));
                assertThat(reply.status()).as("%s", operation).isEqualTo(406);
            }
        }
    }

    @Test
    protected void saysWhatIsAnsweredWhileTheLogIsAway() {
        log().goAway();

        everyWriteIsAnsweredWith(503);
    }

    @Test
    protected void saysWhatIsAnsweredWhileTheLogIsFull() {
        log().fill();

        everyWriteIsAnsweredWith(429);
    }

    private void everyWriteIsAnsweredWith(int status) {
        assertThat(description.operations().stream().filter(it -> !it.method().equals("GET")))
                .hasSize(writes)
                .allSatisfy(
                        operation ->
                                assertThat(call(operation, token(operation)).status())
                                        .isEqualTo(status));
    }

    private List<Operation> withBody() {
        return description.operations().stream().filter(it -> it.body().isPresent()).toList();
    }

    private List<Reply> goodCalls(Operation operation) {
        return operation.examples().isEmpty()
                ? List.of(call(operation, token(operation)))
                : operation.examples().stream()
                        .map(body -> send(operation, body, AS_IT_IS))
                        .toList();
    }

    /** A call that goes well, but for who calls. */
    protected Reply call(Operation operation, Optional<String> token) {
        return door.call(operation, token, query(operation), example(operation), AS_IT_IS);
    }

    /** A call by somebody who may, which goes well but for its body and a change. */
    protected Reply send(Operation operation, Object body, Twist twist) {
        return door.call(operation, token(operation), query(operation), body, twist);
    }

    /** The first of its examples; null for none. */
    protected static Object example(Operation operation) {
        return operation.examples().stream().findFirst().orElse(null);
    }

    /** Another value of a header. */
    protected static Twist header(String name, String value) {
        return request -> request.setHeader(name, value);
    }

    /** Of somebody who may call it. */
    protected static Optional<String> token(Operation operation) {
        return operation.scopes().stream().findFirst().map(Tokens::withScope);
    }
}
