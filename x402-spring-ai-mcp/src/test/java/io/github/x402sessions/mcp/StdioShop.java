package io.github.x402sessions.mcp;

import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.test.ScriptedFacilitator;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A process that sells a tool over its standard streams.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StdioShop {

	public static void main(String[] arguments) {
		SpringApplication.run(StdioShop.class, arguments);
	}

	@Bean
	ScriptedFacilitator facilitator() {
		return ScriptedFacilitator.create();
	}

	@Bean
	Forecast forecast() {
		return new Forecast();
	}

	static class Forecast {

		@McpTool
		@X402Price("0.05")
		String weather(String city) {
			return "sun over " + city;
		}

	}

}
