package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

import java.util.Set;

class WordlessTest {

    @Test
    void saysWhatAndWhereButNotTheWords() {
        Throwable failure =
                new IllegalStateException("of ana@example.org", new ArithmeticException("ana"));

        Wordless told = Wordless.of(failure);

        assertThat(told).hasMessage("java.lang.IllegalStateException");
        assertThat(told.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(told.getCause()).hasMessage("java.lang.ArithmeticException").hasNoCause();
    }

    @Test
    void keepsWhatABrokerSays() {
        assertThat(Wordless.of(new TopicAuthorizationException(Set.of("support.sla"))))
                .hasMessageContaining("support.sla");
    }

    @Test
    void endsWhereCausesGoInACircle() {
        Throwable one = new IllegalStateException();
        one.initCause(new IllegalArgumentException(one));

        assertThat(Wordless.of(one).getCause()).hasNoCause();
    }
}
