package guichet.chassis;

import org.apache.kafka.common.config.SaslConfigs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;

/** Signs a service in to Kafka; {@code chassis-secured.yml} has the rest of the profile. */
@AutoConfiguration
@Profile("secured")
@EnableConfigurationProperties(KafkaAccount.class)
class SecuredAutoConfiguration {

    private static final String PEM = "PEM";

    /**
     * Every client of the service is made of Spring's Kafka properties. They get the account before
     * anybody sees them, so that without one nothing connects.
     */
    @Bean
    static BeanPostProcessor kafkaAccount(ObjectProvider<KafkaAccount> account) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof KafkaProperties kafka) {
                    sign(kafka, account.getObject());
                }
                return bean;
            }
        };
    }

    private static void sign(KafkaProperties kafka, KafkaAccount account) {
        kafka.getProperties().put(SaslConfigs.SASL_JAAS_CONFIG, account.jaasConfig());
        if (account.ca() != null) {
            kafka.getSsl().setTrustStoreType(PEM);
            kafka.getSsl().setTrustStoreCertificates(account.ca());
        }
    }
}
