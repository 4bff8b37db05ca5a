package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.util.concurrent.TimeUnit.MINUTES;

import guichet.escalation.EscalationService;
import guichet.intake.IntakeService;
import guichet.localstack.Ports;
import guichet.localstack.platform.DemoIdentity;
import guichet.localstack.platform.DemoPerson;
import guichet.localstack.platform.KafkaBroker;
import guichet.localstack.platform.RegistryProcess;
import guichet.routing.RoutingService;
import guichet.sla.SlaMonitorService;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A desk whose broker and services are processes of their own, so that they can be killed. There
 * may be several copies of each service, each with a port and a state folder of its own.
 */
final class DeskProcesses implements AutoCloseable {

    enum Part {
        BROKER(KafkaBroker.class),
        INTAKE(IntakeService.class),
        ROUTING(RoutingService.class),
        SLA_MONITOR(SlaMonitorService.class),
        ESCALATION(EscalationService.class);

        private final Class<?> main;

        Part(Class<?> main) {
            this.main = main;
        }

        /**
         * Its classes as a JVM has them in memory: one that finds them there starts in half the
         * time. A JVM that ends in order leaves them behind, where there are none.
         */
        private Path classes() {
            return Path.of("target", this + ".jsa").toAbsolutePath();
        }
    }

    /**
     * One of the processes that share a part's work.
     *
     * @param number from 0
     */
    record Copy(Part part, int number) {}

    static final int PARTITIONS = 4;

    /** A group may wait 60 s for members that are gone, and the machine may be busy. */
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    /**
     * A task of Kafka Streams is named after its sub-topology, of which there is one, and its
     * partition.
     */
    private static final Pattern TASKS =
            Pattern.compile(
                    "^guichet_knowledge_lag_seconds\\{.*task=\"0_(\\d+)\".*}", Pattern.MULTILINE);

    private static RegistryProcess registry;

    private final List<Ports> ports;
    private final Path data;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final DemoIdentity identity;
    private final String registryUrl;
    private final Map<Copy, Process> running = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private DeskProcesses(Path data, int copies) throws IOException, InterruptedException {
        this.data = data;
        this.ports = Ports.free(copies);
        Ports shared = ports.getFirst();
        this.identity =
                DemoIdentity.start(
                        data.resolve("identity"), shared.identity(), InstantSource.system());
        this.registryUrl = registry().url();
        set("guichet.topics.partitions", Integer.toString(PARTITIONS));
        set("guichet.topics.replication", "1");
        set("spring.kafka.bootstrap-servers", bootstrapServers());
        set("spring.kafka.properties.schema.registry.url", registryUrl());
        // No PostgreSQL: contacts are taken without it, whatever runs on this machine.
        set("guichet.requests.url", "jdbc:postgresql://localhost:1/none");
        set("guichet.requests.password", "");
        set("spring.security.oauth2.resourceserver.jwt.issuer-uri", identity.issuer());
        set("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", identity.jwkSetUri());
    }

    /** One for all desks, as they all have the same schemas; it ends with this JVM. */
    private static synchronized RegistryProcess registry()
            throws IOException, InterruptedException {
        if (registry == null) {
            registry = RegistryProcess.start(temporaryData(), 0);
        }
        return registry;
    }

    /**
     * Starts some parts and returns when each copy is ready.
     *
     * @param copies of each service
     * @param policy as {@code guichet.policy} names it
     */
    static DeskProcesses start(Path data, int copies, String policy, Part... parts)
            throws IOException, InterruptedException {
        DeskProcesses desk = new DeskProcesses(data, copies);
        return desk.begin(policy, desk.copiesOf(parts));
    }

    /** As above, with several copies of some parts only. */
    static DeskProcesses start(Path data, String policy, Collection<Copy> copies)
            throws IOException, InterruptedException {
        int mostOfAPart = 1 + copies.stream().mapToInt(Copy::number).max().orElseThrow();
        return new DeskProcesses(data, mostOfAPart).begin(policy, copies);
    }

    private DeskProcesses begin(String policy, Collection<Copy> copies) {
        try {
            set("guichet.policy", policy);
            start(copies);
            awaitReady();
            return this;
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /** A setting of the services that start from now on. */
    void set(String name, String value) {
        settings.put(name, value);
    }

    /** Ends all copies of some parts at once, with no chance to tidy up (SIGKILL). */
    void kill(Part... parts) {
        kill(copiesOf(parts));
    }

    /** As above. */
    void kill(Collection<Copy> copies) {
        copies.stream().map(running::get).forEach(Process::destroyForcibly);
        copies.stream().map(running::get).forEach(process -> process.onExit().join());
    }

    /** Asks all copies of some parts to end, and returns when they have (SIGTERM). */
    void stop(Part... parts) {
        copiesOf(parts).stream().map(running::get).forEach(Process::destroy);
        copiesOf(parts).stream().map(running::get).forEach(process -> process.onExit().join());
    }

    /** Has all copies of some parts hang (SIGSTOP): they keep their connections and say nothing. */
    void pause(Part... parts) {
        signal("STOP", parts);
    }

    /** Has those that hang go on. */
    void resume(Part... parts) {
        signal("CONT", parts);
    }

    private void signal(String name, Part... parts) {
        for (Copy copy : copiesOf(parts)) {
            try {
                long pid = running.get(copy).pid();
                new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Whether all copies of a part run: one that has no memory left ends. */
    boolean isAlive(Part part) {
        return copiesOf(part).stream().map(running::get).allMatch(Process::isAlive);
    }

    /** Starts processes anew on the data they left; does not wait until they are ready. */
    void start(Part... parts) {
        start(copiesOf(parts));
    }

    /** As above. */
    void start(Collection<Copy> copies) {
        copies.forEach(copy -> running.put(copy, launch(copy)));
    }

    void awaitReady() {
        await("the desk is ready; logs in " + data)
                .atMost(START_LIMIT)
                .untilAsserted(
                        () ->
                                assertThat(running.keySet())
                                        .as("not ready")
                                        .filteredOn(copy -> !isReady(copy))
                                        .isEmpty());
    }

    /** All copies of some parts. */
    List<Copy> copiesOf(Part... parts) {
        return Stream.of(parts)
                .flatMap(
                        part ->
                                IntStream.range(0, part == Part.BROKER ? 1 : ports.size())
                                        .mapToObj(number -> new Copy(part, number)))
                .toList();
    }

    /** The partitions of the channel topics that a copy of a service works on. */
    Set<Integer> partitionsOf(Copy copy) {
        return TASKS.matcher(metrics(copy))
                .results()
                .map(task -> Integer.valueOf(task.group(1)))
                .collect(Collectors.toSet());
    }

    private String metrics(Copy copy) {
        return body(HttpRequest.newBuilder(address(copy).resolve("/actuator/prometheus")).build());
    }

    /** What a copy answers to a supervisor. */
    String ask(Copy copy, String path) {
        return body(
                HttpRequest.newBuilder(address(copy).resolve(path))
                        .header(
                                "Authorization",
                                "Bearer " + token(DemoPerson.SUPERVISOR, "supervisor-1"))
                        .build());
    }

    private String body(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String bootstrapServers() {
        return "localhost:" + ports.getFirst().kafka();
    }

    String registryUrl() {
        return registryUrl;
    }

    /** A bearer token with the rights of a demo person, for somebody of that id. */
    String token(DemoPerson person, String subject) {
        return identity.token(person, subject, subject + "@demo.example");
    }

    /** The door of intake's first copy. */
    URI intake() {
        return address(new Copy(Part.INTAKE, 0));
    }

    /** What customers see of intake: one door for each copy. */
    List<Customers> doors() {
        return copiesOf(Part.INTAKE).stream()
                .map(copy -> new Customers(address(copy), identity()))
                .toList();
    }

    private URI identity() {
        return URI.create(identity.issuer());
    }

    private boolean isReady(Copy copy) {
        if (copy.part() == Part.BROKER) {
            return running.get(copy).isAlive();
        }
        URI health = address(copy).resolve("/actuator/health/readiness");
        try {
            return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process launch(Copy copy) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-XX:+AutoCreateSharedArchive",
                                "-XX:SharedArchiveFile=" + copy.part().classes(),
                                "-Xlog:cds*=off",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                classPath(),
                                copy.part().main.getName()));
        command.addAll(arguments(copy));
        Path log = data.resolve("%s-%d.log".formatted(copy.part(), copy.number()).toLowerCase());
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> arguments(Copy copy) {
        if (copy.part() == Part.BROKER) {
            return List.of(data.resolve("kafka").toString(), Integer.toString(port(copy)));
        }
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.add("--server.port=" + port(copy));
        arguments.add("--guichet.attachments.folder=" + data.resolve("attachments"));
        arguments.add(
                "--spring.kafka.streams.state-dir=" + data.resolve("streams-" + copy.number()));
        return arguments;
    }

    private URI address(Copy copy) {
        return URI.create("http://localhost:" + port(copy));
    }

    private int port(Copy copy) {
        Ports own = ports.get(copy.number());
        return switch (copy.part()) {
            case BROKER -> own.kafka();
            case INTAKE -> own.intake();
            case ROUTING -> own.routing();
            case SLA_MONITOR -> own.slaMonitor();
            case ESCALATION -> own.escalation();
        };
    }

    /** Where the processes write what they have to say. */
    Path logs() {
        return data;
    }

    @Override
    public void close() {
        leaveClasses(part -> part != Part.BROKER);
        leaveClasses(part -> part == Part.BROKER);
        kill(running.keySet());
        identity.close();
    }

    /** Has one copy of each of these parts end in order whose classes are not there yet. */
    private void leaveClasses(Predicate<Part> parts) {
        List<Process> ended =
                running.entrySet().stream()
                        .filter(it -> it.getKey().number() == 0 && it.getValue().isAlive())
                        .filter(it -> parts.test(it.getKey().part()))
                        .filter(it -> Files.notExists(it.getKey().part().classes()))
                        .map(Map.Entry::getValue)
                        .toList();
        ended.forEach(Process::destroy);
        ended.forEach(process -> process.onExit().completeOnTimeout(process, 1, MINUTES).join());
    }

    /** Of jars alone, or the JVM would not use their classes as left behind. */
    private static String classPath() {
        Path tests = Path.of("target").toAbsolutePath();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty() && !Path.of(entry).startsWith(tests))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Path temporaryData() throws IOException {
        return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "kill");
    }
}
