using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Models;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Receive;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>The way of a streamed answer without sockets, so that the provider's bytes come in exactly the reads they were cut into.</summary>
internal sealed class RelayUnderTest(GatewayUnderTest gateway)
{
    private readonly Entrances entrances = gateway.Part<Entrances>();

    /// <param name="atEnd">Runs when the provider has nothing more to say.</param>
    public async Task<Relayed> RunAsync(Wire wire, IReadOnlyList<byte[]> reads, IToolJudge judge, Action? atEnd = null)
    {
        using var sent = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = sent } };
        var entrance = wire switch { Wire.OpenAiChat => entrances.Chat, Wire.OpenAiResponses => entrances.Responses, _ => entrances.Messages };
        using var body = new ReceivedBody(ArrayPool<byte>.Shared.Rent(16), 0, gateway.Part<BufferLimits>().TryTake(gateway.Caller.Key.Id, 16).ShouldNotBeNull());
        var exchange = new Exchange(http, entrance, default, 0) { Caller = gateway.Caller, Body = body };
        exchange.Request.Stream = exchange.Request.IncludeUsage = true;
        using var answer = new HttpResponseMessage();
        await using var upstream = new Cut(reads, atEnd);
        using var relay = new StreamRelay(exchange, answer, upstream, new(gateway.Part<GatewayOptions>(), gateway.Part<InFlightCalls>(), gateway.Part<Recording>(), TimeProvider.System, judge));
        await relay.RunAsync(mayRetry: false, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await http.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        return new(Encoding.UTF8.GetString(sent.ToArray()), exchange);
    }

    /// <param name="Got">What the client has.</param>
    internal sealed record Relayed(string Got, Exchange Exchange);

    private sealed class Cut(IReadOnlyList<byte[]> reads, Action? atEnd) : MemoryStream
    {
        private int next;
        private int within;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (next == reads.Count)
            {
                atEnd?.Invoke();
                return new(0);
            }

            var count = Math.Min(buffer.Length, reads[next].Length - within);
            reads[next].AsSpan(within, count).CopyTo(buffer.Span);
            within += count;
            if (within == reads[next].Length)
            {
                (next, within) = (next + 1, 0);
            }

            return new(count);
        }
    }
}
