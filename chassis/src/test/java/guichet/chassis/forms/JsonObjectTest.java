package guichet.chassis.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

class JsonObjectTest {

    private static final int LIMIT = 512 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {8, 2_047, 2_048, 2_049, 40_000, LIMIT})
    void readsABodyOfAnyLengthUpToTheLimit(int length) throws IOException {
        assertThat(JsonObject.read(body(length)).get("a").stringValue()).hasSize(length - 8);
    }

    @Test
    void refusesOneByteMore() {
        assertThatThrownBy(() -> JsonObject.read(body(LIMIT + 1))).isInstanceOf(TooLargeBody.class);
    }

    private static InputStream body(int length) {
        return new ByteArrayInputStream(
                ("{\"a\":\"" + "x".repeat(length - 8) + "\"}").getBytes(UTF_8));
    }
}
