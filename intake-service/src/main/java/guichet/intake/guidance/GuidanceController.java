package guichet.intake.guidance;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Reading;
import guichet.chassis.forms.Texts;
import guichet.intake.closures.PresentPolicy;
import guichet.intake.requests.RecentWaits;
import guichet.intake.words.CustomersLanguage;
import guichet.intake.words.Words;
import guichet.policy.Guidance;
import guichet.policy.Language;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/** Guidance for anyone who asks, before a contact is made (S1 to S6). */
@RestController
class GuidanceController {

    private final PresentPolicy policy;
    private final RecentWaits waits;
    private final InstantSource clock;

    GuidanceController(PresentPolicy policy, RecentWaits waits, InstantSource clock) {
        this.policy = policy;
        this.waits = waits;
        this.clock = clock;
    }

    /**
     * Parameters topic (as the support policy names it), language (a BCP 47 tag; without it that of
     * the browser counts) and plan (BASIC unless said). Until the announced closures have been
     * read, the policy's own hours.
     */
    @GetMapping(path = "/api/guidance", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TopicGuidance> guidance(
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String accepted) {
        Instant now = clock.instant();
        SupportPolicy present = policy.asFarAsKnown();
        Form form = Form.of(parameters);
        String topic = form.requiredText("topic", null, topicOf(present, now));
        String asked = form.optional("language", Texts.languageTag());
        Plan plan =
                Objects.requireNonNullElse(
                        form.optional("plan", Texts.oneOf(Plan.class)), Plan.BASIC);
        Language language = CustomersLanguage.of(asked, accepted);
        Guidance guidance = present.guidance(form.complete(topic), language, now).orElseThrow();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .body(TopicGuidance.of(guidance, language, plan, present, waits, now));
    }

    private static Reading<String> topicOf(SupportPolicy policy, Instant at) {
        return text -> {
            if (!policy.topics(at).contains(text)) {
                throw Words.faulty("topic", String.join(", ", policy.topics(at)));
            }
            return text;
        };
    }
}
