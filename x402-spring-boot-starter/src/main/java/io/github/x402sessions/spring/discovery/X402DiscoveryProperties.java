package io.github.x402sessions.spring.discovery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of what catalogues and agents are told.
 *
 * @param enabled whether challenges of priced methods and tools describe the call
 * @param wellKnown whether /.well-known/x402 lists what is for sale
 */
@ConfigurationProperties("x402.discovery")
public record X402DiscoveryProperties(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean wellKnown) {
}
