package guichet.routing.agents;

import guichet.chassis.door.DoorConfiguration;
import guichet.chassis.door.DoorLanguage;
import guichet.chassis.door.EventLog;
import guichet.policy.Language;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.Duration;
import java.time.InstantSource;

@Configuration(proxyBeanMethods = false)
@Import(DoorConfiguration.class)
class AgentsConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Agents' tools are written to one language; whom the agents help is another matter. */
    @Bean
    DoorLanguage english() {
        return request -> Language.EN;
    }

    @Bean
    Desktops desktops() {
        return new Desktops();
    }

    @Bean
    AgentMeters agentMeters(MeterRegistry meters) {
        return new AgentMeters(meters);
    }

    @Bean
    OfferAnswers offerAnswers(
            Desktops desktops, EventLog log, InstantSource clock, AgentMeters meters) {
        return new OfferAnswers(desktops, log, clock, PATIENCE, meters);
    }
}
