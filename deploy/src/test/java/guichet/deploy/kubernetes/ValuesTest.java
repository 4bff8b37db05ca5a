package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A wrong value is refused before anything reaches the cluster, and named. */
class ValuesTest {

    @Test
    void whatMustBeGivenIsAskedFor() {
        assertThatThrownBy(() -> new Helm(Chart.folder()).template().call())
                .hasMessageContainingAll(
                        "/kafka",
                        "bootstrapServers",
                        "/schemaRegistry",
                        "url",
                        "/identity",
                        "issuerUri",
                        "jwkSetUri",
                        "/database");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kafka.bootstrapServers                     | broker                             | /kafka/bootstrapServers
                    kafka.secure                               | true                               | /kafka': additional properties 'secure'
                    routing.replicas                           | 1                                  | /routing/replicas': minimum: got 1, want 2
                    routing.resources.limits.memory            | lots                               | /routing/resources/limits/memory
                    topics.partitions                          | many                               | /topics/partitions': got string, want integer
                    topics.create                              | true                               | /topics/create': value must be false
                    policy.name                                | support                            | /policy/name': value must be one of 'support-page', 'demo'
                    spread.nodes                               | Always                             | /spread/nodes
                    image.pullPolicy                           | Sometimes                          | /image/pullPolicy
                    database.url                               | postgresql://postgres/guichet      | /database/url
                    database.url                               | jdbc:postgresql://me:secret@db/g   | /database/url
                    database.url                               | jdbc:postgresql://db/g?password=x  | /database/url
                    schemaRegistry.url                         | http://me:secret@registry          | /schemaRegistry/url
                    intake.env.GUICHET_REQUESTS_PASSWORD       | guichet                            | GUICHET_REQUESTS_PASSWORD
                    intake.env.guichet_policy                  | demo                               | guichet_policy
                    doors.gateway.enabled                      | true                               | /doors/gateway/parentRefs
                    """)
    void aWrongValueIsRefusedAndNamed(String value, String given, String named) {
        assertThatThrownBy(
                        () ->
                                Chart.rendered(
                                        Chart.Values.MINIMAL, command -> command.set(value, given)))
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus", "doors"})
    void nobodyIsLetInByAnEmptyList(String who, @TempDir Path folder) throws IOException {
        Path values =
                Files.writeString(
                        folder.resolve("values.yaml"), "networkPolicy: {%s: []}".formatted(who));

        assertThatThrownBy(
                        () ->
                                Chart.rendered(
                                        Chart.Values.MINIMAL,
                                        command -> command.withValuesFile(values)))
                .hasMessageContaining("/networkPolicy/" + who);
    }
}
