// Paddock.Peers MODE PORT UPSTREAM_PORT: bare .NET servers to compare with.
//   null   Kestrel alone: reads the body, answers 900 bytes itself (the floor of the server side; plain requests only)
//   yarp   YARP with one route, as its documentation sets it up
using System.Net;
using Yarp.ReverseProxy.Configuration;

var (mode, port, upstream) = (args[0], int.Parse(args[1]), int.Parse(args[2]));
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, port);
});
if (mode == "yarp")
{
    var destination = new DestinationConfig { Address = $"http://127.0.0.1:{upstream}/" };
    builder.Services.AddReverseProxy().LoadFromMemory(
        [new() { RouteId = "all", ClusterId = "model", Match = new() { Path = "{**all}" } }],
        [new() { ClusterId = "model", Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["one"] = destination } }]);
}

var app = builder.Build();
if (mode == "yarp")
{
    app.MapReverseProxy();
}
else
{
    var answer = Enumerable.Repeat((byte)'x', 900).ToArray();
    app.Run(async context =>
    {
        await context.Request.BodyReader.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
    });
}

await app.RunAsync();
