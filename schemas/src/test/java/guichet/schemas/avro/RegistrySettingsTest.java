package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.Map;

class RegistrySettingsTest {

    @ParameterizedTest
    @CsvSource({
        "auto.register.schemas, perhaps",
        "use.latest.version, perhaps",
        "normalize.schemas, perhaps",
        "specific.avro.reader, perhaps",
        "max.retries, -1",
        "retries.wait.ms, soon",
        "retries.max.wait.ms, -1",
        "http.connect.timeout.ms, 0",
        "http.read.timeout.ms, 0",
        "basic.auth.credentials.source, SASL_INHERIT",
        "schema.registry.basic.auth.credentials.source, SASL_INHERIT",
        "value.subject.name.strategy, com.example.OwnStrategy",
    })
    void namesTheKeyOfAWrongValue(String key, String value) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8081",
                "ftp://localhost",
                "http://",
                "http://a b",
                "http://a,nonsense"
            })
    void saysHowToWriteAUrl(String url) {
        assertThatThrownBy(() -> settings(Map.of("schema.registry.url", url)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageContaining("http://localhost:8081");
    }

    @Test
    void doesNotRepeatThePasswordOfAWrongUrl() {
        assertThatThrownBy(() -> settings(Map.of("schema.registry.url", "http://ana:secret@a b")))
                .hasMessageNotContaining("secret");
    }

    @Test
    void doesNotShowCredentials() {
        var settings =
                settings(
                        Map.of(
                                "basic.auth.credentials.source", "USER_INFO",
                                "basic.auth.user.info", "ana:secret"));

        assertThat(settings.toString()).contains("[hidden]").doesNotContain("ana");
    }

    @Test
    void asksForTheUrl() {
        assertThatThrownBy(() -> RegistrySettings.of(Map.of(), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock://", "mock://a,mock://b", "http://localhost:8081,mock://a"})
    void letsAMockStandAlone(String urls) {
        assertThatThrownBy(() -> settings(Map.of("schema.registry.url", urls)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mock://");
    }

    @Test
    void asksForTheUserInfo() {
        assertThatThrownBy(() -> settings(Map.of("basic.auth.credentials.source", "USER_INFO")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.user.info");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bearer.auth.credentials.source", "schema.registry.ssl.keystore.location"})
    void refusesWhatItWouldOtherwiseIgnore(String key) {
        assertThatThrownBy(() -> settings(Map.of(key, "anything")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void toleratesAKeyThatAsksForNothing() {
        assertThat(settings(Map.of("schema.reflection", "false"))).isNotNull();
    }

    @Test
    void registersBeforeItUsesTheNewest() {
        assertThat(settings(Map.of("use.latest.version", true)).schemaSource())
                .isEqualTo(RegistrySettings.SchemaSource.REGISTER);
    }

    @Test
    void leavesTheClientsOwnKeysAlone() {
        assertThat(settings(Map.of("bootstrap.servers", "localhost:9092", "acks", "all")))
                .isNotNull();
    }

    private static RegistrySettings settings(Map<String, ?> changes) {
        var configs =
                new HashMap<String, Object>(Map.of("schema.registry.url", "http://localhost:8081"));
        configs.putAll(changes);
        return RegistrySettings.of(configs, false);
    }
}
