package guichet.acceptance;

import guichet.localstack.Platform;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;

import java.util.stream.Stream;

/** Kafka and Apicurio Registry in containers; the profile of the same name gives their images. */
record Containers(KafkaContainer kafka, GenericContainer<?> registry) implements Ground {

    private static final int REGISTRY_PORT = 8080;
    private static final String CONFLUENT_API = "/apis/ccompat/v7";

    static Containers start() {
        Containers containers =
                new Containers(
                        new KafkaContainer(image("guichet.image.kafka"))
                                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                        new GenericContainer<>(image("guichet.image.registry"))
                                .withExposedPorts(REGISTRY_PORT)
                                .waitingFor(Wait.forHttp(CONFLUENT_API + "/subjects")));
        Startables.deepStart(containers.kafka, containers.registry).join();
        return containers;
    }

    @Override
    public Platform platform() {
        return new Platform(
                kafka.getBootstrapServers(),
                "http://%s:%d%s"
                        .formatted(
                                registry.getHost(),
                                registry.getMappedPort(REGISTRY_PORT),
                                CONFLUENT_API),
                null);
    }

    @Override
    public void close() {
        Stream.of(kafka, registry).parallel().forEach(GenericContainer::stop);
    }

    private static String image(String property) {
        String image = System.getProperty(property);
        if (image == null) {
            throw new IllegalStateException("Run with -Pcontainers: it sets -D" + property);
        }
        return image;
    }
}
