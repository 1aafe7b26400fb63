package io.github.x402sessions.spring.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.BeanFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document that springdoc makes of an application, without a request for it.
 */
final class SpringdocDocument extends OpenApiWebMvcResource {

	SpringdocDocument(BeanFactory beans) {
		super(beans.getBeanProvider(OpenAPIService.class), beans.getBean(AbstractRequestService.class),
				beans.getBean(GenericResponseService.class), beans.getBean(OperationService.class),
				beans.getBean(SpringDocConfigProperties.class), beans.getBean(SpringDocProviders.class),
				beans.getBean(SpringDocCustomizers.class));
	}

	Map<?, ?> read() {
		try {
			return new JsonMapper().readValue(writeJsonValue(getOpenApi("http://localhost", Locale.getDefault())),
					Map.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
