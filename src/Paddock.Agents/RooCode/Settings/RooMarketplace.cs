using System.Text;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>
/// <c>GET /roo/api/marketplace/modes</c> and <c>…/mcps</c>. Clients ask without a token, so only what documents call public is shown; what is for one
/// team goes by its settings. The answer is YAML whatever the client says it accepts.
/// </summary>
internal sealed class RooMarketplace(ISnapshots snapshots)
{
    public Task WriteModesAsync(HttpContext http)
    {
        var yaml = new BlockYaml();
        var modes = snapshots.Current.Profiles.Modes.Values.Where(static mode => mode.IsPublic).DistinctBy(static mode => mode.Slug).OrderBy(static mode => mode.Slug, StringComparer.Ordinal).ToList();
        yaml.Line(0, modes.Count == 0 ? "items: []" : "items:");
        foreach (var mode in modes)
        {
            yaml.Text(1, "id", mode.Slug, dash: true).Text(2, "name", mode.Title).Text(2, "description", mode.Description ?? mode.WhenToUse ?? mode.Title);
            yaml.Text(2, "content", RooModes.ContentOf(mode));
        }

        return WriteAsync(http, yaml);
    }

    public Task WriteMcpsAsync(HttpContext http)
    {
        var yaml = new BlockYaml();
        var servers = snapshots.Current.Profiles.All.SelectMany(static profile => profile.McpServers).Where(static server => server.IsPublic)
            .DistinctBy(static server => server.Name, StringComparer.OrdinalIgnoreCase).OrderBy(static server => server.Name, StringComparer.Ordinal).Select(RooMcp.ItemOf).ToList();
        yaml.Line(0, servers.Count == 0 ? "items: []" : "items:");
        foreach (var server in servers)
        {
            yaml.Text(1, "id", server.Id, dash: true).Text(2, "name", server.Name).Text(2, "description", server.Description).Text(2, "url", server.Url).Text(2, "content", server.Content);
        }

        return WriteAsync(http, yaml);
    }

    private static async Task WriteAsync(HttpContext http, BlockYaml yaml)
    {
        http.Response.ContentType = "application/yaml; charset=utf-8";
        await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(yaml.ToString()), http.RequestAborted);
    }
}
