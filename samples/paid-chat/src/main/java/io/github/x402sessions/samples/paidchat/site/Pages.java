package io.github.x402sessions.samples.paidchat.site;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Pages without a file extension in their address, and below {@code /x402} the modules
 * that they share with the library's own page.
 */
@Configuration(proxyBeanMethods = false)
class Pages implements WebMvcConfigurer {

	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		registry.addViewController("/chat").setViewName("forward:/chat.html");
		registry.addViewController("/slot").setViewName("forward:/slot.html");
		registry.addViewController("/transaction").setViewName("forward:/transaction.html");
	}

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		registry.addResourceHandler("/x402/**").addResourceLocations("classpath:/io/github/x402sessions/core/page/");
	}

}
