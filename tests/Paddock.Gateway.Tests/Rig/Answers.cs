using System.Text;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>Raw HTTP answers as a provider sends them.</summary>
public static class Answers
{
    public static UpstreamScript Json(string body, int status = 200, params string[] headers) => Plain(Encoding.UTF8.GetBytes(body), status, ["Content-Type: application/json", .. headers]);

    public static UpstreamScript Plain(byte[] body, int status, params string[] headers) =>
        new([[.. Head(status, [$"Content-Length: {body.Length}", .. headers]), .. body]]);

    /// <summary>A chunked event stream, one HTTP chunk and one write for each cut.</summary>
    public static UpstreamScript Stream(IEnumerable<byte[]> cuts, AfterScript then = AfterScript.KeepAlive, params string[] headers)
    {
        var parts = new List<byte[]> { Head(200, ["Content-Type: text/event-stream; charset=utf-8", "Transfer-Encoding: chunked", .. headers]) };
        parts.AddRange(cuts.Where(cut => cut.Length > 0).Select(Chunk));
        if (then is AfterScript.KeepAlive)
        {
            parts.Add("0\r\n\r\n"u8.ToArray());
        }

        return new(parts, then);
    }

    public static UpstreamScript Stream(string events, AfterScript then = AfterScript.KeepAlive, params string[] headers) => Stream([Encoding.UTF8.GetBytes(events)], then, headers);

    public static byte[] Chunk(byte[] bytes) => [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];

    private static byte[] Head(int status, IEnumerable<string> headers) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Status\r\n{string.Join("\r\n", headers)}\r\n\r\n");
}
