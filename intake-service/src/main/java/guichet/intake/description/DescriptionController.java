package guichet.intake.description;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the files of {@code docs} that the build holds against the code. */
@RestController
class DescriptionController {

    /** This door, in OpenAPI 3.1. */
    @GetMapping(path = "/api/openapi", produces = MediaType.APPLICATION_YAML_VALUE)
    Resource openApi() {
        return new ClassPathResource("openapi/intake.yaml", DescriptionController.class);
    }

    /** The desk's topics, in AsyncAPI 3.0. */
    @GetMapping(path = "/api/asyncapi", produces = MediaType.APPLICATION_YAML_VALUE)
    Resource asyncApi() {
        return new ClassPathResource("asyncapi.yaml", DescriptionController.class);
    }
}
