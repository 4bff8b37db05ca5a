package guichet.intake.requests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RequestsSettingsTest {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @EnableConfigurationProperties(RequestsSettings.class)
    private static final class Settings {}

    @Test
    void withoutAPasswordTheServiceDoesNotStartAndSaysWhatToDo() {
        service.run(
                context ->
                        assertThat(context.getStartupFailure())
                                .rootCause()
                                .hasMessageContaining("guichet.requests.password")
                                .hasMessageContaining("must be set")
                                .hasMessageContaining("GUICHET_REQUESTS_PASSWORD"));
    }

    @Test
    void anEmptyPasswordIsForADatabaseThatAsksForNone() {
        service.withPropertyValues("guichet.requests.password=")
                .run(
                        context ->
                                assertThat(context.getBean(RequestsSettings.class).password())
                                        .isEmpty());
    }
}
