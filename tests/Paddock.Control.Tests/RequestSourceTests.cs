using System.Net;
using Microsoft.AspNetCore.Http;

namespace Paddock.Control.Tests;

/// <summary>Where a request comes from, behind reverse proxies and without them.</summary>
public class RequestSourceTests
{
    [Theory]
    [InlineData("198.51.100.7", "203.0.113.9", "198.51.100.7")] // no proxy of ours says so
    [InlineData("10.1.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:10.1.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.1.0.1", "1.2.3.4, 203.0.113.9, 10.1.0.2", "203.0.113.9")] // the client made the first one up
    [InlineData("10.1.0.1", "203.0.113.9, unknown", "10.1.0.1")]
    [InlineData("10.1.0.1", "203.0.113.9, unknown, 10.1.0.2", "10.1.0.2")]
    [InlineData("10.1.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("10.1.0.1", "203.0.113.9:40000", "203.0.113.9")]
    [InlineData("10.1.0.1", "[2001:db8::1]:4433, 10.1.0.2:81", "2001:db8::1")]
    [InlineData("10.1.0.1", "", "10.1.0.1")]
    [InlineData("10.1.0.1", "10.1.0.3,10.1.0.2", "10.1.0.3")]
    public void It_is_the_nearest_address_that_is_no_proxy_of_ours(string peer, string forwarded, string source) => RequestSource.Of(Behind(peer, forwarded)).ShouldBe(source);

    [Fact]
    public void Where_no_proxy_is_named_nobody_is_believed() => RequestSource.Of(Request("127.0.0.1", "203.0.113.9")).ShouldBe("127.0.0.1");

    [Fact]
    public void A_header_without_an_end_costs_few_looks() =>
        RequestSource.Of(Behind("10.1.0.1", string.Join(',', Enumerable.Repeat("10.1.0.2", 5_000)))).ShouldBe("10.1.0.2");

    private static DefaultHttpContext Behind(string peer, string forwarded)
    {
        var http = Request(peer, forwarded);
        http.Features.Set(new ReverseProxies([IPNetwork.Parse("10.0.0.0/8")]));
        return http;
    }

    private static DefaultHttpContext Request(string peer, string forwarded)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        http.Request.Headers["X-Forwarded-For"] = forwarded;
        return http;
    }
}
