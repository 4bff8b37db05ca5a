package guichet.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;

import java.io.IOException;
import java.io.UncheckedIOException;

class StartFailedTest {

    @Test
    void saysEachReasonOnceFromWhatWasTriedDown() {
        var cause =
                new IllegalStateException(
                        "no registry answers (refused)",
                        new UncheckedIOException(new IOException("refused")));

        assertThat(new StartFailed("registry", cause))
                .hasMessage("registry did not come up: no registry answers (refused)");
        assertThat(new StartFailed("registry", new IOException("no answer", cause)))
                .hasMessage("registry did not come up: no answer: no registry answers (refused)");
    }

    @Test
    void leavesOutInWhichBeanItWas() {
        var cause = new BeanCreationException("topics", new IllegalStateException("5, not 4"));

        assertThat(new StartFailed("intake", cause)).hasMessage("intake did not come up: 5, not 4");
    }

    @Test
    void namesAFaultWithoutWords() {
        assertThat(new StartFailed("intake", new IllegalStateException(new OutOfMemoryError())))
                .hasMessage("intake did not come up: java.lang.OutOfMemoryError");
    }
}
