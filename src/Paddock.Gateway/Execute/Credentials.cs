using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;
using Paddock.Core.Models;

namespace Paddock.Gateway.Execute;

/// <summary>
/// The credentials of providers, read where their documents say they are. Files are looked at again when they change, so that a
/// rotation needs no restart.
/// </summary>
internal sealed class Credentials(TimeProvider time, ILogger<Credentials> logger)
{
    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FileSecret> files = new(StringComparer.Ordinal);

    /// <summary>The credentials that may be tried, in order. Empty when the provider names none, or none can be read.</summary>
    public IEnumerable<Secret> For(Provider provider)
    {
        foreach (var reference in provider.Credentials)
        {
            if ((reference.NotAfter is not { } end || time.GetUtcNow() < end) && Read(reference.Source) is { } secret)
            {
                if (IsSendable(secret))
                {
                    yield return secret;
                }
                else if (told.TryAdd(reference.Source, true))
                {
                    Log.CredentialUnusable(logger, provider.Name, reference.Source);
                }
            }
        }
    }

    /// <summary>A line end in it would begin another header; what is not ASCII would be sent as something else.</summary>
    private static bool IsSendable(Secret secret) => !secret.Reveal().AsSpan().ContainsAnyExceptInRange(' ', '~');

    private Secret? Read(string source)
    {
        if (source.StartsWith("env:", StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(source[4..]) is { Length: > 0 } value ? new(value.Trim()) : null;
        }

        return source.StartsWith("file:", StringComparison.Ordinal) ? ReadFile(source[5..]) : null;
    }

    private Secret? ReadFile(string path)
    {
        var now = time.GetTimestamp();
        if (files.TryGetValue(path, out var known) && time.GetElapsedTime(known.LookedAt, now) < TimeSpan.FromSeconds(1))
        {
            return known.Value;
        }

        try
        {
            var written = File.GetLastWriteTimeUtc(path);
            var value = known is not null && known.Written == written ? known.Value : new Secret(File.ReadAllText(path).Trim());
            files[path] = new(value, written, now);
            return value;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // the provider answers 401 then, and its health shows it
        }
    }

    private sealed record FileSecret(Secret Value, DateTime Written, long LookedAt);
}
