using System.CommandLine;
using Paddock.Core.Audit.Tiles;
using Paddock.Settings;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Commands;

/// <summary>Where a log lies, as somebody names it.</summary>
internal static class LogPlace
{
    /// <param name="place">A data directory, a directory of fetched files, or an address; null = the data directory.</param>
    public static async Task<ILogShards> OpenAsync(ParseResult parsed, string? place, CancellationToken cancellationToken)
    {
        var said = place ?? ServeBinding.BindLocal([], ConnectionOptions.Variables()).DataDirectory;
        if (Uri.TryCreate(said, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return new WebLog(address, ControlConnection.GivenKey(parsed));
        }

        return FetchedLog.IsOne(said) ? new FetchedLog(said) : await LogFile.OpenAsync(Path.GetFullPath(said), cancellationToken);
    }
}
