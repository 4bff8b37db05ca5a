package guichet.deploy.kubernetes;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1Volume;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The pods of a service, whatever keeps them running. */
record Workload(String name, V1LabelSelector selector, V1PodTemplateSpec template) {

    static List<Workload> of(Manifests manifests) {
        return Stream.concat(
                        manifests.all(V1Deployment.class).stream()
                                .map(
                                        it ->
                                                new Workload(
                                                        it.getMetadata().getName(),
                                                        it.getSpec().getSelector(),
                                                        it.getSpec().getTemplate())),
                        manifests.all(V1StatefulSet.class).stream()
                                .map(
                                        it ->
                                                new Workload(
                                                        it.getMetadata().getName(),
                                                        it.getSpec().getSelector(),
                                                        it.getSpec().getTemplate())))
                .toList();
    }

    V1PodSpec pod() {
        return template.getSpec();
    }

    V1Container container() {
        return pod().getContainers().getFirst();
    }

    /** The service's {@code spring.application.name}. */
    String service() {
        return container().getName();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    Optional<String> variable(String name) {
        return container().getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(V1EnvVar::getValue)
                .findFirst();
    }

    Optional<V1Volume> volume(String name) {
        return pod().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return service();
    }
}
