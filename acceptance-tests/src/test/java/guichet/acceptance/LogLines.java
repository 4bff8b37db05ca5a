package guichet.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that is logged from now on until it is closed, as services write it: the desk's own
 * lines from DEBUG on, those of others as chassis.yml has them. Nothing is written to the console
 * meanwhile.
 */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final String LEVEL = "logging.level.";

    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, Level> before = new HashMap<>();
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
        logging.getLoggerList().forEach(logger -> set(logger, null));
        set(root, Level.INFO);
        chassisLevels()
                .forEach((name, level) -> set(logging.getLogger(name), Level.valueOf(level)));
        set(logging.getLogger("guichet"), Level.DEBUG);
    }

    private void set(Logger logger, @Nullable Level level) {
        if (!before.containsKey(logger)) {
            before.put(logger, logger.getLevel());
        }
        if (logger != root || level != null) {
            logger.setLevel(level);
        }
    }

    /** The services of a whole desk leave logging to its one process, and do not set these. */
    private static Map<String, String> chassisLevels() {
        YamlPropertiesFactoryBean chassis = new YamlPropertiesFactoryBean();
        chassis.setResources(new ClassPathResource("chassis.yml"));
        return chassis.getObject().entrySet().stream()
                .filter(setting -> setting.getKey().toString().startsWith(LEVEL))
                .collect(
                        Collectors.toMap(
                                setting -> setting.getKey().toString().substring(LEVEL.length()),
                                setting -> setting.getValue().toString()));
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
        before.forEach(Logger::setLevel);
        stop();
        encoder.stop();
    }
}
