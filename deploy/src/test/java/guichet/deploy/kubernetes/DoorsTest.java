package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.kubernetes.client.openapi.models.V1Ingress;

import org.junit.jupiter.api.Test;

import java.util.List;

/** How customers and agents come in. */
class DoorsTest {

    private final Manifests desk = Chart.rendered(Chart.Values.EVERYTHING);

    @Test
    void byDefaultThereIsNoWayInFromOutside() {
        Manifests byDefault = Chart.rendered(Chart.Values.MINIMAL);

        assertThat(byDefault.all(V1Ingress.class)).isEmpty();
        assertThat(byDefault.all(HTTPRoute.class)).isEmpty();
    }

    @Test
    void eachDoorHasAHostOfItsOwn() {
        assertThat(desk.all(V1Ingress.class))
                .extracting(it -> it.getSpec().getRules().getFirst().getHost())
                .containsExactly("help.example.org", "desk.example.org");
        assertThat(desk.all(HTTPRoute.class))
                .extracting(it -> it.getSpec().getHostnames())
                .containsExactly(List.of("help.example.org"), List.of("desk.example.org"));
    }

    @Test
    void onlyTheDoorItselfIsSeenFromOutside() {
        assertThat(desk.all(V1Ingress.class))
                .extracting(
                        it ->
                                it.getSpec()
                                        .getRules()
                                        .getFirst()
                                        .getHttp()
                                        .getPaths()
                                        .getFirst()
                                        .getPath())
                .containsOnly("/api/");
        assertThat(desk.all(HTTPRoute.class))
                .flatExtracting(it -> it.getSpec().getRules())
                .extracting(rule -> rule.getMatches().getFirst().getPath().getValue())
                .allMatch(path -> path.startsWith("/api"));
    }

    @Test
    void anAgentsStreamOfEventsIsNotCutOff() {
        HTTPRouteRule stream =
                desk.named(HTTPRoute.class, "guichet-routing").getSpec().getRules().getFirst();

        assertThat(stream.getMatches().getFirst().getPath().getValue())
                .isEqualTo("/api/agents/me/offers");
        assertThat(stream.getTimeouts().getRequest()).isEqualTo("0s");
    }
}
