package guichet.benchmarks.desk;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

import java.io.IOException;

/** The settings that every service of the desk shares, for processes that are none of them. */
final class ChassisSettings {

    private ChassisSettings() {}

    /**
     * @param args settings that go before those of the chassis
     */
    static KafkaProperties of(String... args) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        new YamlPropertySourceLoader()
                .load("chassis", new ClassPathResource("chassis.yml"))
                .forEach(environment.getPropertySources()::addLast);
        return Binder.get(environment).bind("spring.kafka", KafkaProperties.class).get();
    }
}
