using System.Diagnostics;
using System.Globalization;
using System.Net;
using Paddock.Benchmarks.Guard;

namespace Paddock.Benchmarks.Tasks;

/// <summary>How long the server takes for pages, and what it uses, once agents have told of many tasks over thirty days.</summary>
internal static class PageTimes
{
    private const int Tellers = 8;
    private const int People = 640;
    private const int TasksOfBatch = 100;
    private const int Asked = 40;

    private static readonly string[] pages =
    [
        "/", "/?window=30d", "/?window=30d&by=model", "/?window=30d&by=team", "/tasks", "/tasks?state=failed", "/tasks?search=nothing",
        "/control/v1/metrics?window=30d", "/control/v1/metrics?window=30d&by=model",
    ];

    public static async Task RunAsync(int tasks)
    {
        using var provider = new MarkedProvider();
        await using var server = await MeasuredServer.StartAsync("server", provider, "");
        var admin = server.AdminKey;
        var keys = await Telling.PeopleAsync(server.Http, admin, People);
        var watch = Stopwatch.StartNew();
        await FillAsync(server, keys, tasks);
        Console.WriteLine($"{tasks:N0} tasks of 3 events told in {watch.Elapsed.TotalSeconds:F0} s");
        while (await Telling.CountedAsync(server.Http, admin) < tasks)
        {
            await Task.Delay(500);
        }

        Console.WriteLine($"folded after {watch.Elapsed.TotalSeconds:F0} s");
        await Task.Delay(TimeSpan.FromSeconds(5));
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server.Http.BaseAddress };
        using var signedIn = await browser.PostAsync("/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("key", admin), KeyValuePair.Create("next", "/")]));
        foreach (var page in pages)
        {
            await AskAsync(server, browser, admin, page);
        }
    }

    private static async Task FillAsync(MeasuredServer server, string[] keys, int tasks)
    {
        var (next, now) = (0, TimeProvider.System.GetUtcNow());
        await Task.WhenAll(Enumerable.Range(0, Tellers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Add(ref next, TasksOfBatch) - TasksOfBatch is var first && first < tasks)
            {
                var records = Enumerable.Range(first, TasksOfBatch).SelectMany(number =>
                {
                    var (session, at) = (string.Create(CultureInfo.InvariantCulture, $"bench-{number}"), now - (TimeSpan.FromDays(29) * (number / (double)tasks)));
                    return (string[])[Telling.Prompt(session, number, at), Telling.Call(session, number, at.AddSeconds(8)), Telling.Result(session, number, at.AddSeconds(9))];
                });
                await Telling.SendAsync(server.Http, keys[first / TasksOfBatch % People], records);
            }
        })));
    }

    private static async Task AskAsync(MeasuredServer server, HttpClient browser, string key, string page)
    {
        var (times, bytes) = (new List<double>(), 0L);
        var cpu = server.CpuSeconds();
        for (var one = 0; one < Asked; one++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page);
            if (page.StartsWith("/control", StringComparison.Ordinal))
            {
                request.Headers.Authorization = new("Bearer", key);
            }

            var began = Stopwatch.GetTimestamp();
            using var answer = (await browser.SendAsync(request)).EnsureSuccessStatusCode();
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var sorted = times.Order().ToList();
        Console.WriteLine($"{page}: p50 {sorted[Asked / 2]:F1} ms, at most {sorted[^1]:F1} ms, the first {times[0]:F1} ms; {(server.CpuSeconds() - cpu) * 1000 / Asked:F1} ms CPU each, {bytes:N0} bytes");
    }
}
