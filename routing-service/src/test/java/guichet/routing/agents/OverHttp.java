package guichet.routing.agents;

import guichet.chassis.door.Surroundings;
import guichet.chassis.door.Tokens;
import guichet.routing.matching.RunningEngine;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The agents' door on a free port; Kafka, the clock and the key of the tokens are ours. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = OverHttp.Door.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=routing-service",
            "spring.kafka.properties.schema.registry.url=mock://routing"
        })
@ContextConfiguration(initializers = Tokens.Provider.class)
@interface OverHttp {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        Surroundings.class,
        AgentsConfiguration.class,
        SecurityConfiguration.class,
        StatusController.class,
        OfferController.class,
        OfferStreamController.class,
        ContactController.class,
        DescriptionController.class,
        RunningEngine.class,
        Desk.class,
        Browser.class
    })
    class Door {}
}
