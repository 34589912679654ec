package io.microplatform.instance.tomcat;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/**
 * One limit for the head of a request, above what the gateway lets through and adds.
 * Tomcat also counts headers, parameters, cookies and languages, and fails with an
 * exception in the middle of a filter or a controller when there are too many. The number
 * of bytes already bounds all of these. Parameters come from the target only, because
 * bodies are JSON. A {@code Content-Type} that names no media type counts as none.
 */
final class RequestLimits implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

	/**
	 * Of the request line and all headers. The gateway takes 4 KiB of the former and 8
	 * KiB of the latter. It writes up to three more bytes for each header, and adds less
	 * than 1 KiB of its own.
	 */
	static final DataSize HEAD = DataSize.ofKilobytes(32);

	private static final int UNLIMITED = -1;

	@Override
	public int getOrder() {
		// After the framework's own, which sets its defaults.
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addConnectorCustomizers(RequestLimits::customize);
		factory.addEngineValves(new ContentTypeValve());
	}

	private static void customize(Connector connector) {
		connector.setMaxParameterCount(UNLIMITED);
		connector.setMaxCookieCount(UNLIMITED);
		connector.setMaxLocaleCount(UNLIMITED);
		connector.setParseBodyMethods("");
		if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
			protocol.setMaxHeaderCount(UNLIMITED);
		}
		if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
			protocol.setMaxHttpRequestHeaderSize((int) HEAD.toBytes());
		}
	}

}
