package guichet.deploy.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;

import java.util.Map;

/**
 * Reads resources strictly: a field that its kind does not know, one of the wrong type, and for
 * Kubernetes' own kinds one that is missing, are refused. The models are generated from Kubernetes'
 * OpenAPI description and from the CRDs of the Gateway API and the Prometheus operator; Strimzi
 * generates its CRDs from its own; nothing on Maven Central has KEDA's, so {@link ScaledObject} is
 * ours.
 */
final class Models {

    private static final Map<String, Class<? extends KubernetesObject>> KUBERNETES =
            Map.of(
                    "apps/v1 Deployment", V1Deployment.class,
                    "apps/v1 StatefulSet", V1StatefulSet.class,
                    "networking.k8s.io/v1 Ingress", V1Ingress.class,
                    "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class,
                    "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class,
                    "v1 ConfigMap", V1ConfigMap.class,
                    "v1 PersistentVolumeClaim", V1PersistentVolumeClaim.class,
                    "v1 Service", V1Service.class,
                    "v1 ServiceAccount", V1ServiceAccount.class);

    private static final Map<String, Class<?>> OTHERS =
            Map.of(
                    "gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class,
                    "kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class,
                    "kafka.strimzi.io/v1 KafkaUser", KafkaUser.class,
                    "keda.sh/v1alpha1 ScaledObject", ScaledObject.class,
                    "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
                    "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);

    /** Of fields that these models do not know, they would keep a list. */
    private static final ObjectMapper STRICT =
            new ObjectMapper()
                    .setAnnotationIntrospector(
                            new JacksonAnnotationIntrospector() {
                                @Override
                                public Boolean hasAnySetter(Annotated annotated) {
                                    return false;
                                }
                            });

    private Models() {}

    /**
     * @throws IllegalArgumentException naming what is wrong
     */
    static Object read(Map<?, ?> resource) {
        String kind = resource.get("apiVersion") + " " + resource.get("kind");
        try {
            String json = new ObjectMapper().writeValueAsString(resource);
            if (KUBERNETES.containsKey(kind)) {
                return JSON.getGson().fromJson(json, KUBERNETES.get(kind));
            } else if (OTHERS.containsKey(kind)) {
                return STRICT.readValue(json, OTHERS.get(kind));
            }
            throw new IllegalArgumentException("no model of '" + kind + "' is known here");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static String name(Object resource) {
        return switch (resource) {
            case KubernetesObject own -> own.getMetadata().getName();
            case HasMetadata other -> other.getMetadata().getName();
            case ScaledObject scaled -> scaled.metadata().name();
            default -> throw new IllegalArgumentException(resource.getClass().getName());
        };
    }
}
