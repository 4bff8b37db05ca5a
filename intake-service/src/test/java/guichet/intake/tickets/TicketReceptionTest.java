package guichet.intake.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.TicketCreated;
import guichet.intake.Callers;
import guichet.intake.contacts.Outcome.Accepted;
import guichet.intake.contacts.Requester;
import guichet.intake.identity.Caller;
import guichet.policy.Impact;
import guichet.policy.Language;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class TicketReceptionTest {

    private static final UUID ID = new UUID(7, 7);
    private static final Instant TUESDAY_1_PM_PACIFIC = Instant.parse("2026-11-24T21:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-11-28T15:00:00Z");

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final TicketReception tickets = new TicketReception();

    @Test
    void c2PromisesAResponseWithinOneBusinessDay() {
        Accepted taken = decide(ticket(Callers.visitor(), "en", null), TUESDAY_1_PM_PACIFIC);

        assertThat(taken.answer().respondBy()).isEqualTo("2026-11-25T21:00:00Z");
        assertThat(taken.answer().id()).isEqualTo(ID.toString());
        assertThat(taken.answer().message())
                .isEqualTo(
                        "Thank you, we have your ticket. We will answer by Wednesday, November 25,"
                                + " 2026, 1:00 PM Pacific Time.");
    }

    @Test
    void t1PromisesTheCloseOfTheNextOpenDayToATicketSentWhileClosed() {
        Accepted taken = decide(ticket(Callers.visitor(), "en", null), SATURDAY);

        assertThat(taken.answer().respondBy()).isEqualTo("2026-12-01T01:00:00Z");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "BASIC,      2026-11-25T21:00:00Z",
        "TEAM,       2026-11-25T21:00:00Z",
        "AGENCY,     2026-11-25T09:00:00Z",
        "ENTERPRISE, 2026-11-25T09:00:00Z",
    })
    void t4PromisesLessTimeToPlansWithPriority(Plan plan, Instant due) {
        Accepted taken = decide(ticket(Callers.on(plan), "en", null), TUESDAY_1_PM_PACIFIC);

        assertThat(taken.answer().respondBy()).isEqualTo(due);
        assertThat(event(taken).getCustomer().getPlan().name()).isEqualTo(plan.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"legal-advice", "custom-code", "mobile-product"})
    void s2AndS3TakeATicketOutOfScopeMarkedAndWithoutAPromise(String topic) {
        Accepted taken = decide(ticket(Callers.visitor(), "es", topic), TUESDAY_1_PM_PACIFIC);

        assertThat(event(taken).getOutOfScope()).isTrue();
        assertThat(taken.answer().respondBy()).isNull();
        assertThat(taken.answer().message()).contains("fuera de lo que cubre nuestro soporte");
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "a-topic-of-another-policy"})
    void s1TakesOtherTopicsAsInScope(String topic) {
        Accepted taken = decide(ticket(Callers.visitor(), "en", topic), TUESDAY_1_PM_PACIFIC);

        assertThat(event(taken).getOutOfScope()).isFalse();
        assertThat(event(taken).getTopic()).isEqualTo(topic);
        assertThat(taken.answer().respondBy()).isNotNull();
    }

    @ParameterizedTest(name = "{0} goes to {1}")
    @CsvSource({"en-GB, EN", "pt-BR, PT", "pt, PT", "es-MX, ES"})
    void l1AnswersInTheLanguageDeclared(String declared, Language language) {
        Accepted taken = decide(ticket(Callers.visitor(), declared, null), TUESDAY_1_PM_PACIFIC);

        assertThat(taken.language()).isEqualTo(language);
        assertThat(taken.answer().language()).isEqualTo(language.tag());
        assertThat(event(taken).getLanguage()).isEqualTo(declared);
    }

    @Test
    void l1FindsTheLanguageOfTheTextWhereNoneOfOursIsDeclared() {
        String description =
                "Não consigo publicar o meu site desde ontem à noite; o editor mostra uma mensagem"
                        + " de erro e depois fecha sozinho. Podem ajudar-me, por favor?";

        Accepted taken =
                decide(ticket(Callers.visitor(), "fr", null, description), TUESDAY_1_PM_PACIFIC);

        assertThat(taken.language()).isEqualTo(Language.PT);
        assertThat(taken.answer().message())
                .startsWith("Obrigado, recebemos o seu ticket. Responderemos até");
        assertThat(event(taken).getLanguage()).isEqualTo("fr");
    }

    @Test
    void aVisitorIsTheSameCustomerHoweverTheAddressIsWritten() {
        var lower = Requester.of(Callers.visitor(), "Ana", "ana@example.com");
        var mixed = Requester.of(Callers.visitor(), "Ana", "Ana@Example.COM");

        assertThat(lower.customerId()).isEqualTo(mixed.customerId()).startsWith("visitor:");
        assertThat(lower.customerId()).doesNotContain("ana");
    }

    private Accepted decide(TicketRequest request, Instant at) {
        return (Accepted) tickets.decide(ID, request, policy, at);
    }

    private static TicketCreated event(Accepted taken) {
        return (TicketCreated) taken.event();
    }

    private static TicketRequest ticket(
            Caller caller, @Nullable String language, @Nullable String topic) {
        return ticket(caller, language, topic, "The editor does not load.");
    }

    private static TicketRequest ticket(
            Caller caller, @Nullable String language, @Nullable String topic, String description) {
        return new TicketRequest(
                Requester.of(caller, "Ana", "ana@example.com"),
                Impact.HIGH,
                description,
                null,
                language,
                topic,
                null,
                List.of());
    }
}
