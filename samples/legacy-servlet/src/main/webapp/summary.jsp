<%@ page contentType="text/html;charset=UTF-8" %>
<html>
<body>
<jsp:include page="/WEB-INF/pages/head.jsp" flush="true"/>
<jsp:include page="/WEB-INF/pages/figures.jsp">
	<jsp:param name="month" value="2010-11"/>
</jsp:include>
<jsp:include page="/report" flush="true">
	<jsp:param name="month" value="2010-12"/>
</jsp:include>
</body>
</html>
