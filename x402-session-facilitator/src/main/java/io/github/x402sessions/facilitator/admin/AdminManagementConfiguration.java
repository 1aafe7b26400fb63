package io.github.x402sessions.facilitator.admin;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/**
 * The routes of the {@link AdminApi} in the Actuator's server, which is read only where
 * that has a port of its own: nothing of them is ever on the public one.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(AdminApi.class)
public class AdminManagementConfiguration {

	@Bean
	RouterFunctionMapping adminRoutes(AdminApi api) {
		RouterFunctionMapping mapping = new RouterFunctionMapping(api.routes());
		mapping.setOrder(0);
		return mapping;
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> adminPeerAddress() {
		return (factory) -> factory.addEngineValves(new PeerAddressValve());
	}

	@Bean
	HandlerFunctionAdapter adminHandlerAdapter() {
		return new HandlerFunctionAdapter();
	}

}
