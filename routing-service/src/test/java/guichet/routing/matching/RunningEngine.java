package guichet.routing.matching;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An engine for the door to ask: person-7 has the chat "held-1", and "waiting-1" waits. */
@TestConfiguration(proxyBeanMethods = false)
@Import({QueueController.class, HolderController.class})
public class RunningEngine {

    @Bean
    Questions questions() {
        return new Questions();
    }

    @Bean
    Engine engine(Questions questions) {
        return new Engine(questions, Optional::empty);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService engineThread(Questions questions) {
        Desk desk = Desk.open();
        desk.agent("person-7");
        desk.chat("held-1");
        desk.accept("person-7", desk.last(Decision.Offered.class).offerId());
        desk.chat("waiting-1");
        questions.open(desk);
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        thread.scheduleWithFixedDelay(
                () -> questions.answer(desk.engine), 0, 5, TimeUnit.MILLISECONDS);
        return thread;
    }
}
