package guichet.intake.requests;

import static guichet.intake.requests.KeptRequests.ANA;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

import java.net.ConnectException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A crowd that asks for its requests is no reason to take the database for lost. */
@ExtendWith(OutputCaptureExtension.class)
class RequestsDatabaseTest {

    private static final String LOST = "PostgreSQL was lost";

    private final CountDownLatch holding =
            new CountDownLatch(RequestsDatabase.MOST_QUESTIONS_AT_ONCE);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor();
    private KeptRequests kept;

    @BeforeEach
    void askUntilEveryConnectionForQuestionsIsTaken() throws InterruptedException {
        kept = KeptRequests.open();
        for (int n = 0; n < RequestsDatabase.MOST_QUESTIONS_AT_ONCE; n++) {
            crowd.execute(this::holdAConnection);
        }
        assertThat(holding.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @AfterEach
    void close() throws InterruptedException {
        enough.countDown();
        crowd.close();
        kept.close();
    }

    @Test
    void refusesWhoCannotHaveAConnectionAndStaysThere() {
        assertThatThrownBy(() -> kept.requests().find("some", ANA))
                .isInstanceOf(RequestsUnavailable.class);

        assertThat(kept.database().isThere()).isTrue();
        enough.countDown();
        assertThat(kept.requests().find("some", ANA)).isEmpty();
    }

    @Test
    void isStillReadIntoMeanwhile() {
        kept.writer().apply(Changes.of(Events.chat("first", ANA.subject(), 0), 0));

        enough.countDown();
        assertThat(kept.requests().find("first", ANA)).isPresent();
    }

    @Test
    void isNotLostForBeingSlowToOpenAConnection(CapturedOutput log) {
        enough.countDown();

        assertThatThrownBy(() -> kept.database().ask(failingFor(null)))
                .isInstanceOf(RequestsUnavailable.class);

        assertThat(kept.requests().find("some", ANA)).isEmpty();
        assertThat(log).doesNotContain(LOST);
    }

    @Test
    void isLostWhereItRefusesAConnectionUntilItIsFoundAgain(CapturedOutput log) {
        enough.countDown();

        assertThatThrownBy(() -> kept.database().ask(failingFor(new ConnectException())))
                .isInstanceOf(RequestsUnavailable.class);

        assertThat(log).contains(LOST);
        await().until(() -> kept.database().isThere());
        assertThat(kept.requests().find("some", ANA)).isEmpty();
    }

    /** What a pool throws that has waited, and what it names as the cause. */
    private static Function<NamedParameterJdbcTemplate, Boolean> failingFor(
            @Nullable Exception cause) {
        return statements -> {
            throw new CannotGetJdbcConnectionException(
                    "in vain", new SQLTransientConnectionException("waited", cause));
        };
    }

    /** Who is refused, as it takes long to open so many at once, asks again. */
    private void holdAConnection() {
        ConnectionCallback<Boolean> hold =
                connection -> {
                    holding.countDown();
                    try {
                        enough.await();
                    } catch (InterruptedException closing) {
                        Thread.currentThread().interrupt();
                    }
                    return connection.isValid(0);
                };
        while (enough.getCount() > 0) {
            try {
                kept.database().ask(statements -> statements.getJdbcTemplate().execute(hold));
                return;
            } catch (RequestsUnavailable slow) {
                // Asks again.
            }
        }
    }
}
