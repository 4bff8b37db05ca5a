package guichet.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

class TeardownTest {

    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final Teardown teardown = new Teardown(Progress.SILENT);

    @Test
    void stopsTheLastStageFirst() {
        teardown.add("broker", () -> stopped.add("broker"));
        teardown.nextStage();
        teardown.add("service", () -> stopped.add("service"));

        teardown.close();

        assertThat(stopped).containsExactly("service", "broker");
    }

    @Test
    void goesOnWhenAPartDoesNotStopCleanly() {
        teardown.add("broker", () -> stopped.add("broker"));
        teardown.nextStage();
        teardown.add(
                "service",
                () -> {
                    throw new IllegalStateException("stuck");
                });

        teardown.close();

        assertThat(stopped).containsExactly("broker");
    }

    @Test
    void stopsAtOnceWhatArrivesTooLate() {
        teardown.close();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> teardown.add("service", () -> stopped.add("service")));
        assertThat(stopped).containsExactly("service");
    }

    @Test
    void stopsEachPartOnce() {
        teardown.add("broker", () -> stopped.add("broker"));

        teardown.close();
        teardown.close();

        assertThat(stopped).containsExactly("broker");
    }
}
