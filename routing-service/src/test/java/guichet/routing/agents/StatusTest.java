package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.AgentStatusChanged;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.Presence;
import guichet.schemas.Topics;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OverHttp
class StatusTest {

    private static final String AVAILABLE =
            """
            {"presence": "available", "languages": ["es", "en-GB", "es"],
             "capacity": {"PHONE": 1, "CHAT": 3, "WEB": 5}}
            """;

    @Autowired Browser browser;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    @BeforeEach
    void fresh() {
        log.reset();
        clock.set("2020-01-06T10:00:00.123456Z");
    }

    @Test
    void aStatusStandsOnTheLogUnderTheAgentOfTheToken() {
        var response = state(AVAILABLE);

        assertThat(response.status()).as(response.text()).isEqualTo(204);
        var appended = log.appended().getFirst();
        assertThat(appended.topic()).isEqualTo(Topics.AGENTS);
        assertThat(appended.at()).isEqualTo("2020-01-06T10:00:00.123Z");
        AgentStatusChanged status = (AgentStatusChanged) appended.event();
        assertThat(status.getAgentId()).isEqualTo("ana");
        assertThat(status.getChangedAt()).isEqualTo("2020-01-06T10:00:00.123Z");
        assertThat(status.getPresence()).isEqualTo(Presence.AVAILABLE);
        assertThat(status.getLanguages()).containsExactly("es", "en");
        assertThat(status.getCapacity())
                .containsExactlyInAnyOrder(
                        new Capacity(Channel.PHONE, 1),
                        new Capacity(Channel.CHAT, 3),
                        new Capacity(Channel.WEB, 5));
    }

    @Test
    void eachHeartbeatStandsOnTheLog() {
        state(AVAILABLE);
        clock.set("2020-01-06T10:00:10Z");
        state(AVAILABLE);

        assertThat(log.appended()).hasSize(2);
    }

    @Test
    void whoGoesOfflineNeedsToNameNoLanguage() {
        assertThat(state("{\"presence\": \"OFFLINE\"}").status()).isEqualTo(204);
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        var response =
                state(
                        """
                        {"presence": "ASLEEP", "languages": ["fr"], "mood": "good",
                         "capacity": {"FAX": 1, "CHAT": -1, "PHONE": "two", "WEB": 101}}
                        """);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.type()).isEqualTo("application/problem+json");
        assertThat(response.message("presence"))
                .isEqualTo("must be one of AVAILABLE, BUSY, AWAY, OFFLINE");
        assertThat(response.message("languages[0]")).isEqualTo("must be one of en, pt, es");
        assertThat(response.message("capacity.FAX"))
                .isEqualTo("is not known here; its name must be one of WEB, CHAT, PHONE");
        assertThat(response.message("capacity.CHAT"))
                .isEqualTo("must be a whole number from 0 to 100");
        assertThat(response.message("capacity.PHONE"))
                .isEqualTo("must be a whole number from 0 to 100");
        assertThat(response.message("capacity.WEB"))
                .isEqualTo("must be a whole number from 0 to 100");
        assertThat(response.message("mood")).contains("presence, languages, capacity");
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void whoIsThereNamesALanguage() {
        var response =
                state(
                        """
                        {"presence": "BUSY", "languages": [],
                         "capacity": {"CHAT": 1, "chat": 2}}
                        """);

        assertThat(response.message("languages")).isEqualTo("needs at least one entry");
        assertThat(response.message("capacity.chat")).isEqualTo("is named twice");
        assertThat(state("{\"presence\": \"AVAILABLE\", \"capacity\": 3}").message("capacity"))
                .isEqualTo("must be an object, not a number");
    }

    @Test
    void whatTheLogDoesNotConfirmIsAnsweredWith503() {
        log.goAway();

        var response = state(AVAILABLE);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:not-taken");
    }

    private Browser.Response state(String status) {
        return browser.put("/api/agents/me/status", Tokens.of("ana", "agent"), status);
    }
}
