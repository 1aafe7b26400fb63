package io.github.x402sessions.facilitator;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The facilitator in a process of its own, whose class path is this module's: here Spring
 * Boot may add all that it finds, such as the Actuator.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FacilitatorConfiguration.class)
class StandaloneConfiguration {

}
