package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.schemas.Topics;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;

class BillOfMaterialsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void everyServiceSaysWhatIsInItsJar() throws IOException {
        List<URL> bills =
                Collections.list(
                        Topics.class
                                .getClassLoader()
                                .getResources("META-INF/sbom/application.cdx.json"));

        assertThat(bills).hasSize(4);
        for (URL bill : bills) {
            JsonNode document = read(bill);
            assertThat(document.get("bomFormat").stringValue()).isEqualTo("CycloneDX");
            assertThat(document.at("/metadata/component/name").stringValue()).endsWith("-service");
            assertThat(document.get("components").valueStream())
                    .allSatisfy(
                            component ->
                                    assertThat(component.get("purl").stringValue())
                                            .contains("@" + version(component)))
                    .extracting(component -> component.get("name").stringValue())
                    .contains("kafka-clients", "spring-core", "avro", "schemas")
                    .doesNotContain("junit-jupiter", "assertj-core");
        }
    }

    private static String version(JsonNode component) {
        return component.get("version").stringValue();
    }

    private static JsonNode read(URL bill) throws IOException {
        try (InputStream in = bill.openStream()) {
            return JSON.readTree(in);
        }
    }
}
