package guichet.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;

import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is logged from now on until it is closed, as services write it: the desk's own
 * lines from DEBUG on, those of others from WARN on. Nothing is written to the console meanwhile.
 */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = logging.getLogger("guichet");
    private final Logger quiet = logging.getLogger("guichet.chassis.DeskProcessor");
    private final Level quietLevel = quiet.getLevel();
    private final Appender<ILoggingEvent> console = root.getAppender("console");
    private final StructuredLogEncoder encoder = new StructuredLogEncoder();
    private final List<String> lines = new ArrayList<>();

    LogLines() {
        setContext(logging);
        logging.putObject(Environment.class.getName(), new StandardEnvironment());
        encoder.setContext(logging);
        encoder.setFormat("ecs");
        encoder.start();
        start();
        root.detachAppender(console);
        root.addAppender(this);
        ours.setLevel(Level.DEBUG);
        quiet.setLevel(null);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new String(encoder.encode(event), UTF_8));
    }

    /** Every line so far. */
    List<String> all() {
        synchronized (this) {
            return List.copyOf(lines);
        }
    }

    /** Those with that message. */
    List<JsonNode> saying(String message) {
        return all().stream()
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.get("message").asString().startsWith(message))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.addAppender(console);
        ours.setLevel(null);
        quiet.setLevel(quietLevel);
        stop();
        encoder.stop();
    }
}
