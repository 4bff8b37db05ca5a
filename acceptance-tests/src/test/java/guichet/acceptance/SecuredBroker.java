package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.localstack.Ports;
import guichet.schemas.Access;
import guichet.schemas.KafkaSetup;
import guichet.schemas.Principal;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A broker as in production: clients come over TLS and sign in with SCRAM, and what no rule allows
 * is refused. It has the catalogue's topics, users and rules; certificate and passwords are made
 * anew each time.
 */
final class SecuredBroker implements AutoCloseable {

    private static final String ADMIN = "admin";

    private final String bootstrapServers;
    private final String authority;
    private final String adminsPassword = UUID.randomUUID().toString();
    private final Map<Principal, String> passwords =
            Arrays.stream(Principal.values())
                    .collect(
                            Collectors.toMap(
                                    Function.identity(),
                                    // Quotes and backslashes are good in passwords.
                                    none -> "\"\\" + UUID.randomUUID()));
    private final KafkaRaftServer server;

    private SecuredBroker(Path folder) throws Exception {
        Files.createDirectories(folder);
        Path keys = folder.resolve("broker.p12");
        String keysPassword = UUID.randomUUID().toString();
        authority = makeCertificate(keys, keysPassword);
        Ports free = Ports.free();
        bootstrapServers = "localhost:" + free.kafka();
        Path log = folder.resolve("log");
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(log.toString())
                .addDirectory(log.toString())
                .setScramArguments(
                        List.of(
                                "SCRAM-SHA-512=[name=%s,password=%s]"
                                        .formatted(ADMIN, adminsPassword)))
                .run();
        Map<String, String> settings = settings(log, free.kafka(), free.registry());
        settings.put("ssl.keystore.location", keys.toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", keysPassword);
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.certificates", authority);
        server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    }

    /** Starts one and sets it up as an administrator would. */
    static SecuredBroker start(Path folder, int deskPartitions) throws Exception {
        SecuredBroker broker = new SecuredBroker(folder);
        broker.server.startup();
        try (Admin admin = Admin.create(broker.adminsClient())) {
            KafkaSetup.apply(admin, deskPartitions, (short) 1, broker.passwords);
            awaitAccess(admin, catalogue());
        }
        for (Principal principal : Principal.values()) {
            broker.awaitUser(principal);
        }
        return broker;
    }

    /** All that anybody may do, by the catalogue. */
    static List<AclBinding> catalogue() {
        return Arrays.stream(Principal.values()).map(Access::of).flatMap(List::stream).toList();
    }

    /**
     * A change is acknowledged when the controller has written it. The broker goes by it once it
     * has read it, binding by binding: mostly at once, but not always on a busy machine.
     */
    static void awaitAccess(Admin admin, List<AclBinding> expected) {
        await("the broker goes by what was written")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                                        .containsExactlyInAnyOrderElementsOf(expected));
    }

    /** As with access: a new password is good when the broker has read it. */
    private void awaitUser(Principal principal) {
        await(principal + " comes in")
                .atMost(LONG_ENOUGH)
                .ignoreExceptionsMatching(e -> e.getCause() instanceof SaslAuthenticationException)
                .untilAsserted(
                        () -> {
                            try (Admin admin = Admin.create(client(principal))) {
                                assertThat(admin.describeCluster().nodes().get()).isNotEmpty();
                            }
                        });
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** The certificate, in PEM, that clients have to trust. */
    String authority() {
        return authority;
    }

    String password(Principal principal) {
        return passwords.get(principal);
    }

    /** What a client of a principal must be given. */
    Map<String, Object> client(Principal principal) {
        return client(bootstrapServers, authority, principal.user(), password(principal));
    }

    /** What the client of one who may do everything must be given. */
    Map<String, Object> adminsClient() {
        return client(bootstrapServers, authority, ADMIN, adminsPassword);
    }

    /** What a client that signs in must be given, on any broker. */
    static Map<String, Object> client(
            String bootstrapServers, String authority, String user, String password) {
        Map<String, Object> client = new HashMap<>();
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        client.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL");
        client.put(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-512");
        client.put(SaslConfigs.SASL_JAAS_CONFIG, login(user, password));
        client.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
        client.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, authority);
        return client;
    }

    private static String login(String user, String password) {
        return "%s required username=\"%s\" password=\"%s\";"
                .formatted(
                        ScramLoginModule.class.getName(),
                        user,
                        password.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    private Map<String, String> settings(Path log, int clients, int controller) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("log.dirs", log.toString());
        settings.put(
                "listeners",
                "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(clients, controller));
        settings.put("advertised.listeners", "CLIENTS://localhost:" + clients);
        settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        settings.put(
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                login(ADMIN, adminsPassword));
        settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
        // The broker comes to its own controller without a name.
        settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.index.size.max.bytes", "1048576");
        return settings;
    }

    /** Signed by itself, so that it is its own authority. */
    private static String makeCertificate(Path keys, String password) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                password);
        return keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                keys.toString(),
                "-storepass",
                password);
    }

    private static String keytool(String... arguments) throws Exception {
        ProcessBuilder command =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.command().addAll(List.of(arguments));
        command.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process keytool = command.start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        return said;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
