package guichet.deploy.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings that the services have, from where they are declared: the desk's own records, Spring
 * Boot's metadata, and the services' files.
 */
final class Settings {

    private static final List<String> FILES =
            List.of(
                    "chassis.yml",
                    "door.yml",
                    "intake-service.yml",
                    "routing-service.yml",
                    "sla-monitor-service.yml",
                    "escalation-service.yml");

    private Settings() {}

    /** Names of variables, {@code GUICHET_POLICY}, that some service reads. */
    static Set<String> variables() {
        return Stream.concat(names().flatMap(Settings::variable), placeholders())
                .collect(Collectors.toSet());
    }

    /** Names of settings, {@code guichet.policy}. */
    static Stream<String> names() {
        return Stream.of(ofTheDesk(), ofSpringBoot(), FILES.stream().flatMap(Settings::inFile))
                .flatMap(names -> names);
    }

    /** The classes that hold the desk's own settings, each with the prefix of their names. */
    static Map<String, Class<?>> records() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("guichet").stream()
                .map(AnnotatedBeanDefinition.class::cast)
                .map(it -> loaded(it.getBeanClassName()))
                .collect(
                        Collectors.toMap(
                                it -> it.getAnnotation(ConfigurationProperties.class).value(),
                                it -> it));
    }

    /** A number among the Kafka Streams properties of {@code chassis.yml}. */
    static long streams(String name) {
        return ((Number) inYaml("chassis.yml", "spring.kafka.streams.properties." + name))
                .longValue();
    }

    static Object inYaml(String file, String name) {
        return sources(file).stream()
                .map(source -> source.getProperty(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> ofTheDesk() {
        return records().entrySet().stream().flatMap(it -> components(it.getKey(), it.getValue()));
    }

    private static Stream<String> components(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .flatMap(
                        it -> {
                            String name =
                                    prefix
                                            + "."
                                            + DataObjectPropertyName.toDashedForm(it.getName());
                            return isNested(it) ? components(name, it.getType()) : Stream.of(name);
                        });
    }

    private static boolean isNested(RecordComponent component) {
        return component.getType().isRecord();
    }

    private static Stream<String> ofSpringBoot() {
        try {
            return Collections.list(
                            Settings.class
                                    .getClassLoader()
                                    .getResources("META-INF/spring-configuration-metadata.json"))
                    .stream()
                    .flatMap(Settings::inMetadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> inMetadata(URL metadata) {
        try (InputStream json = metadata.openStream()) {
            return new ObjectMapper()
                    .readTree(json)
                    .get("properties")
                    .valueStream()
                    .map(it -> it.get("name").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> inFile(String file) {
        return sources(file).stream()
                .flatMap(
                        source ->
                                Stream.of(
                                        ((EnumerablePropertySource<?>) source).getPropertyNames()));
    }

    /** Such as {@code ${GUICHET_STATE_DIR:state}}. */
    private static Stream<String> placeholders() {
        Pattern placeholder = Pattern.compile("\\$\\{([A-Z_]+)");
        return FILES.stream()
                .map(Settings::text)
                .flatMap(text -> placeholder.matcher(text).results())
                .map((MatchResult found) -> found.group(1));
    }

    /** As Spring Boot maps names to the environment: with dashes left out, or as underscores. */
    private static Stream<String> variable(String name) {
        String upper = name.replace('.', '_').toUpperCase(Locale.ROOT);
        return Stream.of(upper.replace("-", ""), upper.replace('-', '_'));
    }

    private static List<PropertySource<?>> sources(String file) {
        try {
            return new YamlPropertySourceLoader().load(file, new ClassPathResource(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) {
        try {
            return new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
