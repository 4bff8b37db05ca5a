package guichet.routing.matching;

import guichet.chassis.DeskTopology;
import guichet.policy.SupportPolicy;
import guichet.routing.agents.ContactLookup;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

@Configuration(proxyBeanMethods = false)
class MatchingConfiguration {

    @Bean
    Questions questions() {
        return new Questions();
    }

    @Bean
    Engine engine(
            Questions questions,
            ObjectProvider<StreamsBuilderFactoryBean> streams,
            @Value("${spring.kafka.streams.properties.application.server}") String thisCopy) {
        return new Engine(
                questions,
                new EngineWhereabouts(() -> streams.getObject().getKafkaStreams(), thisCopy));
    }

    @Bean
    ContactLookup contactsOfTheEngine(HolderController holders) {
        return holders::held;
    }

    @Bean
    @Order(1)
    DeskTopology matching(
            @Value("${spring.application.name}") String service,
            SupportPolicy policy,
            Questions questions,
            MeterRegistry meters) {
        return MatchingTask.topology(service, policy, questions, new MatchingMetrics(meters));
    }
}
