using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>Pages that do what ours must not, so that we know that the browser would tell.</summary>
internal sealed class StrangeSite : IAsyncDisposable
{
    private const string Program = "vscode://publisher.extension/path?code=";
    private readonly WebApplication app;

    private StrangeSite(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public static async Task<StrangeSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        const string form = """<form method="post" action="/send"><button>Send to a program</button></form>""";
        site.MapGet("/", () => Page($"""<a href="{Program}1">To a program</a> <a href="/by-us">To a program by us</a> <a href="http://127.0.0.1:1025/callback?code=3">To nobody</a>{form}"""));
        site.MapGet("/by-us", () => Results.Redirect(Program + "2"));
        site.MapPost("/send", () => Results.Redirect(Program + "4"));
        site.MapGet("/by-itself", () => Page($"""<meta http-equiv="refresh" content="0;url={Program}5">"""));
        site.MapGet("/strict", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'";
            return Page($"""<link rel="stylesheet" href="/none.css"><p style="color:red">A</p><script>1</script>{form}""");
        });
        site.MapGet("/faulty", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'";
            return Page("""
                <link rel="stylesheet" href="/none.css"><link rel="stylesheet" href="/faulty.css"><p style="color:red">A</p><h1>Faulty</h1><p class="pale">Hard to read</p><pre>One line that is much longer than a narrow window.</pre><input>
                <button id="bare">Bare</button> <button id="pale">Pale</button> <button tabindex="-1">Never</button> <button id="away">Away</button> <a href="/1" class="tiny">1</a><a href="/2" class="tiny">2</a>
                """);
        });
        site.MapGet("/faulty.css", () => Results.Text(
            "* { outline-offset: 1px } .pale { color: #999 } pre { width: 40rem } #bare:focus { outline: none } #pale:focus { outline: 3px solid #ddd } #away { position: absolute; left: -500px } #away:focus { outline: 3px solid #000 } .tiny { font-size: 9px }", "text/css"));
        await site.StartAsync(TestContext.Current.CancellationToken);
        return new(site);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static IResult Page(string body) => Results.Content($"<!doctype html><html lang=\"en\"><title>Strange</title><body>{body}", "text/html");
}
