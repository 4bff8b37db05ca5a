package guichet.intake.description;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;

/** Serves the files of {@code docs} that the build holds against the code. */
@RestController
class DescriptionController {

    /** This door, in OpenAPI 3.1. */
    @GetMapping(path = "/api/openapi", produces = MediaType.APPLICATION_YAML_VALUE)
    byte[] openApi() throws IOException {
        return committed("openapi/intake.yaml");
    }

    /** The desk's topics, in AsyncAPI 3.0. */
    @GetMapping(path = "/api/asyncapi", produces = MediaType.APPLICATION_YAML_VALUE)
    byte[] asyncApi() throws IOException {
        return committed("asyncapi.yaml");
    }

    /** As bytes: of a resource Spring would send ranges, and fails where a header is faulty. */
    private static byte[] committed(String file) throws IOException {
        return new ClassPathResource(file, DescriptionController.class).getContentAsByteArray();
    }
}
