package guichet.intake.http;

import guichet.chassis.door.Surroundings;
import guichet.chassis.door.Tokens;
import guichet.intake.IntakeService;
import guichet.intake.Noticeboard;
import guichet.intake.requests.ReadTopics;

import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The whole service on a free port; only Kafka, the clock and the key of the tokens are ours. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = IntakeService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=intake-service",
            "guichet.attachments.folder=target/attachments",
            "guichet.requests.url=jdbc:postgresql://localhost:1/none",
            "guichet.requests.password=",
            // The machine that tests may be busy.
            "guichet.requests.shown-within=10s",
            "spring.kafka.properties.schema.registry.url=mock://intake"
        })
@ContextConfiguration(initializers = Tokens.Provider.class)
@Import({Surroundings.class, OverHttp.WithoutKafka.class, ReadTopics.class, Intake.class})
@interface OverHttp {

    @TestConfiguration(proxyBeanMethods = false)
    class WithoutKafka {

        @Bean
        Noticeboard noticeboard() {
            return new Noticeboard();
        }

        @Bean
        static BeanDefinitionRegistryPostProcessor nobodyReadsKafka() {
            return registry -> {
                registry.removeBeanDefinition("announcedClosures");
                registry.removeBeanDefinition("requestsReader");
            };
        }
    }
}
