package guichet.intake.erasures;

import guichet.chassis.door.EventLog;
import guichet.intake.attachments.TicketFiles;
import guichet.intake.requests.ErasedRequests;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {

    @Bean(initMethod = "start")
    Clearing clearing(
            ErasedRequests requests,
            TicketFiles files,
            EventLog events,
            InstantSource clock,
            MeterRegistry meters) {
        return new Clearing(requests, files, events, clock, meters);
    }
}
