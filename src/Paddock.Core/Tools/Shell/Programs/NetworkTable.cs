namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Programs that talk to other machines.</summary>
internal static class NetworkTable
{
    public const string Lines = """
        curl tool url ~%output{ -A: -b:data -c:write -C: -d:data -D:write -e: -E:read -F:data -h:maybe -H:data -K:dark -m: -o:write -O:remote -P: -Q:dark -r: -t: -T:upload -u: -U: -w:data -x:host -X: -y: -Y: -z:
          --output:write --output-dir:write --remote-name:remote --remote-name-all:remote --data:data --data-binary:data --data-raw: --data-urlencode:data --data-ascii:data --json:data --form:data --form-string: --url-query:data --upload-file:upload --config:dark
          --cookie:data --cookie-jar:write --dump-header:write --cacert:read --capath:path --cert:read --key:read --proxy:host --preproxy:host --socks4:host --socks4a:host --socks5:host --socks5-hostname:host --proxy1.0:host --connect-to:dark --resolve:dark
          --unix-socket:dark --abstract-unix-socket:dark --trace:write --trace-ascii:write --stderr:write --libcurl:write --etag-save:write --etag-compare:read --hsts:write --alt-svc:write --netrc-file:read --request: --header:data --proxy-header:data --user: --user-agent:
          --referer: --max-time: --connect-timeout: --retry: --retry-delay: --retry-max-time: --write-out:data --url:host --range: --interface: --dns-servers:host --doh-url:host --engine:dark --max-redirs: --limit-rate: --proto: --proto-redir: --proto-default:
          --ciphers: --tls13-ciphers: --tls-max: --variable:dark --expand-url:dark --expand-output:dark --expand-data:dark --expand-header:dark --aws-sigv4: --oauth2-bearer: --pinnedpubkey: --proxy-user: --key-type: --cert-type: --pass: --continue-at: --time-cond:
          --max-filesize: --quote:dark --postquote:dark --prequote:dark --speed-limit: --speed-time: --keepalive-time: --local-port: --delegation: --krb: --mail-from: --mail-rcpt: --noproxy: --rate: --parallel-max: --happy-eyeballs-timeout-ms: --create-file-mode:
        wget tool url +download -O:write -o:write -a:write -i:dark -e:dark --execute:dark -P:write --directory-prefix:write --output-document:write --output-file:write --append-output:write --input-file:dark --post-file:upload --post-data:data --body-file:upload --body-data:data
          --header: -U: --user-agent: --use-askpass:dark --config:dark --load-cookies:read --save-cookies:write --warc-file:write --method: -t: -T: -w: -Q: -l: -A: -R: -D: -I: -X: -B:host --tries: --timeout: --wait: --limit-rate: --level: --accept: --reject: --user: --password:
          --referer: --certificate:read --private-key:read --ca-certificate:read --rejected-log:write --base:host --hsts-file:write --progress: --domains: --max-redirect:
        http,https,xh,aria2c,axel,lftp,ftp,tftp,sftp,w3m,lynx,links,elinks dark --version:asks
        ssh line:1 host +stdin -4 -6 -A -a -C -f -g -K -k -M -N -n -q -s -T -t -v -X -x -Y -y -G:asks -V:asks -Q:asks -B: -b: -c: -D: -E:write -e: -F:dark -I:dark -i:read -J:host -L:host -l: -m: -O: -o: -p: -R:host -S:path -W:host -w:
          ~command ~proxy ~pkcs11 ~securitykeyprovider ~xauth ~include ~match ~tunnel
        mosh,autossh,sshpass,et,dbclient dark
        scp tool transfer -3 -4 -6 -A -B -C -p -q -r -T -v -O -R -c: -D:dark -F:dark -i:read -J:host -l: -o: -P: -S:dark -X: ~command ~proxy ~pkcs11
        rsync tool transfer -e:dark --rsh:dark --rsync-path:dark -M:dark --remote-option:dark -f: --filter: --include: --exclude: --include-from:read --exclude-from:read --files-from:read --log-file:write --backup-dir:write --partial-dir:path -T:path --temp-dir:path
          --link-dest:path --compare-dest:path --copy-dest:path --password-file:read --port: --bwlimit: --timeout: --max-size: --min-size: --chmod: --chown: --suffix: --info: --out-format: --write-batch:write --only-write-batch:write --read-batch:read --early-input:read
        nc,ncat,netcat tool host -e:dark -c:dark --exec:dark --sh-exec:dark --lua-exec:dark -p: -w: -s: -x:host -X: -i: -q: -o:write -g:host -G: --output:write --proxy:host --wait:
        telnet,ping,ping6,traceroute,tracepath,mtr,whois,nmap tool host -c: -W: -w: -i: -I: -p: -s: -t: -m: -n: -l: --script:dark -oN:write -oX:write -oG:write -oA:write
        dig,nslookup,host,drill,kdig tool url -t: -p: -f:read -k:read -x: -q: -b: -c: -y:
        openssl tool +long -connect:host -proxy:host -out:write -in:read -keyout:write -key:read -cert:read -CAfile:read -CApath:path -engine:dark -provider:dark -provider-path:dark -config:dark -writerand:write -passin: -passout: -subj: -days: -newkey: -servername: -host:host -url:host
        gh menu -R: --repo: --hostname:host --version:asks
        gh alias,gh extension,gh ext,gh codespace,gh cs dark
        gh api tool -X: --method: -f: --raw-field: -F:data --field:data -H: --header: --input:upload --jq: -q: --template: -t: --hostname:host --cache:
        gh pr,gh issue,gh release,gh run,gh workflow,gh repo,gh gist,gh label,gh search,gh auth,gh secret,gh variable tool remote -b: -F:upload -t: -B: -H: -R: -l: -L: -q: -D:write -O:write -o:write --body: --body-file:upload --title: --base: --head: --label: --limit: --json:
          --jq: --template: -T: --output:write --dir:write --hostname:host --with-token --notes: --notes-file:upload --reviewer: -r: -a: --assignee: -m: --milestone: --search: -S: --state: -s:
        aws,az,gcloud,gsutil,doctl,flyctl,fly,heroku,vercel,netlify,wrangler tool remote --endpoint-url:host --command:line --cli-input-json:read --ca-bundle:read --profile: --region: --output: --query: -C:line
        """;
}
